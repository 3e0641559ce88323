/// A WebAssembly module whose `main` is put together from the bytes of its code.
struct SampleModule {
  /// What `main` does; it leaves an i32, the exit code.
  var code: [UInt8]
  /// Bytes in memory from address 0 on.
  var data: [UInt8] = []
  var memoryPages = 1
  /// Groups of locals: how many, of which type.
  var locals: [[UInt8]] = []

  /// Prints the low byte of the i32 on the stack.
  static let output: [UInt8] = [0x10, 0]
  /// Never ends.
  static let endless = SampleModule(code: [0x03, 0x40, 0x0c, 0, 0x0b, 0x00])

  /// A module that exits with a code below 64.
  static func exiting(_ code: UInt8) -> SampleModule {
    SampleModule(code: [0x41, code])
  }

  var bytes: [UInt8] {
    let body = Self.vector(locals) + code + [0x0b]
    return [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
      + Self.section(1, [[0x60, 1, 0x7f, 0], [0x60, 0, 1, 0x7f]])
      + Self.section(2, [Self.name("tvm") + Self.name("output") + [0, 0]])
      + Self.section(3, [[1]])
      + Self.section(5, [[0] + Self.number(memoryPages)])
      + Self.section(7, [Self.name("main") + [0, 1]])
      + Self.section(10, [Self.number(body.count) + body])
      + (data.isEmpty ? [] : Self.section(11, [[0, 0x41, 0, 0x0b] + Self.number(data.count) + data]))
  }

  private static func section(_ id: UInt8, _ items: [[UInt8]]) -> [UInt8] {
    let contents = vector(items)
    return [id] + number(contents.count) + contents
  }

  private static func vector(_ items: [[UInt8]]) -> [UInt8] {
    number(items.count) + items.flatMap { $0 }
  }

  private static func name(_ text: String) -> [UInt8] {
    number(text.utf8.count) + text.utf8
  }

  /// LEB128.
  static func number(_ value: Int) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7f) | 0x80] + number(value >> 7)
  }
}
