/// A WebAssembly module with one function, `compute`, put together from the bytes of its code.
struct SmallModule {
  /// Value types by their codes.
  enum Local: UInt8 {
    case i32 = 0x7f
    case i64 = 0x7e
  }

  let locals: [Local]
  let code: [UInt8]

  /// - Parameter code: the function's instructions without the last `end`.
  init(locals: [Local] = [], _ code: [UInt8]) {
    self.locals = locals
    self.code = code
  }

  /// Prints the low byte of the i32 on the stack.
  static let output: [UInt8] = [0x10, 0]

  /// The module: memory of one page, an import of the output function as function 0.
  var bytes: [UInt8] {
    let body = Self.vector(locals.map { [1, $0.rawValue] }) + code + [0x0b]
    return [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
      + Self.section(1, [[0x60, 1, 0x7f, 0], [0x60, 0, 0]])
      + Self.section(2, [Self.name("tvm") + Self.name("output") + [0, 0]])
      + Self.section(3, [[1]])
      + Self.section(5, [[0, 1]])
      + Self.section(7, [Self.name("compute") + [0, 1]])
      + Self.section(10, [Self.number(body.count) + body])
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

  /// LEB128 of a signed number.
  static func signed(_ value: Int64) -> [UInt8] {
    let low = UInt8(truncatingIfNeeded: value & 0x7f)
    let rest = value >> 7
    let isLast = rest == 0 && low & 0x40 == 0 || rest == -1 && low & 0x40 != 0
    return isLast ? [low] : [low | 0x80] + signed(rest)
  }
}
