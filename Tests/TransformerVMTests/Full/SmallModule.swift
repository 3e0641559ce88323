/// A WebAssembly module put together from the bytes of its code: memory, an import of the output function as function 0, and functions
/// from number 1 on.
struct SmallModule {
  /// Value types by their codes.
  enum ValueCode: UInt8 {
    case i32 = 0x7f
    case i64 = 0x7e
  }

  /// A function; the code is its instructions without the last `end`.
  struct Function {
    var parameters: [ValueCode] = []
    var results: [ValueCode] = []
    /// How many of each type there are.
    var locals: [(count: Int, type: ValueCode)] = []
    var code: [UInt8]
  }

  let functions: [Function]
  /// Of memory, at the start.
  let pages: Int

  /// - Parameter code: that of the one function, `compute`.
  init(locals: [ValueCode] = [], _ code: [UInt8]) {
    self.init(functions: [Function(locals: locals.map { (1, $0) }, code: code)])
  }

  /// - Parameter functions: of which the first is exported as `compute`, the others by their numbers.
  init(functions: [Function], pages: Int = 1) {
    self.functions = functions
    self.pages = pages
  }

  /// Prints the low byte of the i32 on the stack.
  static let output: [UInt8] = [0x10, 0]

  /// The module in the binary format.
  var bytes: [UInt8] {
    let types = functions.map {
      [0x60] + Self.vector($0.parameters.map { [$0.rawValue] }) + Self.vector($0.results.map { [$0.rawValue] })
    }
    let bodies = functions.map { function in
      let locals = function.locals.map { Self.number($0.count) + [$0.type.rawValue] }
      return Self.vector(locals) + function.code + [0x0b]
    }
    let names = functions.indices.map { $0 == 0 ? "compute" : "\($0 + 1)" }
    return [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
      + Self.section(1, [[0x60, 1, 0x7f, 0]] + types)
      + Self.section(2, [Self.name("tvm") + Self.name("output") + [0, 0]])
      + Self.section(3, functions.indices.map { Self.number($0 + 1) })
      + Self.section(5, [[0] + Self.number(pages)])
      + Self.section(7, zip(names, functions.indices).map { Self.name($0) + [0] + Self.number($1 + 1) })
      + Self.section(10, bodies.map { Self.number($0.count) + $0 })
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
