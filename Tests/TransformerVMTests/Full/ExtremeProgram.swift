import TransformerVM

/// A program that goes to a limit of the full profile's machine, with what it must print.
struct ExtremeProgram: Sendable {
  let name: String
  let program: MachineProgram
  let output: [UInt8]

  private init(_ name: String, _ module: SmallModule, output: [UInt8]) throws {
    self.name = name
    self.output = output
    program = .full(try ModuleProgram(wasm: module.bytes))
  }

  /// Pieces of code, one behind the other.
  private static func code(_ pieces: [UInt8]...) -> [UInt8] { pieces.flatMap { $0 } }

  /// Of a local variable, all four bytes.
  private static func prints(local: Int) -> [UInt8] {
    (0..<4).flatMap { code(get(local), constant(8 * $0), [0x76], SmallModule.output) }
  }

  private static func bytes(of number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func constant(_ value: Int) -> [UInt8] { [0x41] + SmallModule.signed(Int64(value)) }

  private static func get(_ local: Int) -> [UInt8] { [0x20] + SmallModule.number(local) }

  private static func set(_ local: Int) -> [UInt8] { [0x21] + SmallModule.number(local) }

  /// Runs `body` for local 0 from 0 on, in steps, as long as it is below `end`.
  private static func loop(to end: Int, by step: Int, _ body: [UInt8]) -> [UInt8] {
    code(
      constant(0), set(0), [0x03, 0x40], body, get(0), constant(step), [0x6a, 0x22, 0], constant(end),
      [0x49, 0x0d, 0, 0x0b])
  }

  /// A byte near 60 MiB is written `count` times, read back after each writing and added up.
  static func overwriting(_ count: Int) throws -> ExtremeProgram {
    let address = constant(60 << 20 - 3)
    let body = code(address, get(0), [0x3a, 0, 0], get(1), address, [0x2d, 0, 0, 0x6a], set(1))
    let main = SmallModule.Function(
      locals: [(2, .i32)], code: code(loop(to: count, by: 1, body), prints(local: 1)))
    let sum = (0..<count).reduce(UInt32(0)) { $0 &+ UInt32($1 % 256) }
    return try ExtremeProgram(
      "a byte near 60 MiB, overwritten \(count) times", SmallModule(functions: [main], pages: 1024),
      output: bytes(of: sum))
  }

  /// f(n) = n = 0 ? 0 : f(n − 1) + n + m, with n and m = 2n + 1 alive across the call.
  static func recursing(_ depth: Int) throws -> ExtremeProgram {
    let odd = code(get(0), get(0), [0x6a], constant(1), [0x6a], set(1))
    let deeper = code(get(0), constant(1), [0x6b, 0x10, 2], get(0), [0x6a], get(1), [0x6a])
    let function = SmallModule.Function(
      parameters: [.i32], results: [.i32], locals: [(1, .i32)],
      code: code(odd, get(0), [0x45, 0x04, 0x7f], constant(0), [0x05], deeper, [0x0b]))
    let main = SmallModule.Function(
      locals: [(1, .i32)], code: code(constant(depth), [0x10, 2], set(0), prints(local: 0)))
    let sum = (1...depth).reduce(UInt32(0)) { $0 &+ UInt32(3 * $1 + 1) }
    return try ExtremeProgram(
      "recursion \(depth) deep", SmallModule(functions: [main, function]), output: bytes(of: sum))
  }

  /// f(n) = n = 0 ? 0 : f(n − 1) + the sum of `count` local variables, each of which was n + its number before the call.
  static func recursing(_ depth: Int, keeping count: Int) throws -> ExtremeProgram {
    let places = Array(1...count)
    let writes = places.flatMap { code(get(0), constant($0), [0x6a], set($0)) }
    let sums = places.flatMap { code(get($0), [0x6a]) }
    let deeper = code(writes, get(0), constant(1), [0x6b, 0x10, 2], sums)
    let function = SmallModule.Function(
      parameters: [.i32], results: [.i32], locals: [(count, .i32)],
      code: code(get(0), [0x45, 0x04, 0x7f], constant(0), [0x05], deeper, [0x0b]))
    let main = SmallModule.Function(
      locals: [(1, .i32)], code: code(constant(depth), [0x10, 2], set(0), prints(local: 0)))
    let sum = count * depth * (depth + 1) / 2 + depth * count * (count + 1) / 2
    return try ExtremeProgram(
      "recursion \(depth) deep with \(count) local variables", SmallModule(functions: [main, function]),
      output: bytes(of: UInt32(truncatingIfNeeded: sum)))
  }

  /// A function with `count` local variables, of which some far apart are written, after that read.
  static func remembering(_ count: Int) throws -> ExtremeProgram {
    let places = [0, 1, count / 3, count / 2, count - 2, count - 1]
    let sum = places.reduce(UInt32(0)) { $0 &+ UInt32(3 * $1 + 7) }
    let writes = places.flatMap { code(constant(3 * $0 + 7), set($0)) }
    let reads = code(places.flatMap(get), Array(repeating: 0x6a, count: places.count - 1))
    // One that was never written.
    let rest = code(get(count / 4), [0x6a], set(0), prints(local: 0))
    let main = SmallModule.Function(locals: [(count, .i32)], code: code(writes, reads, rest))
    return try ExtremeProgram(
      "\(count) local variables", SmallModule(functions: [main]), output: bytes(of: sum))
  }

  /// Eight bytes of every `stride` are written over `size` bytes of memory, then read back and added up.
  static func touching(_ size: Int, every stride: Int) throws -> ExtremeProgram {
    let factor = 0x0123_4567_89ab
    let number = [0x42] + SmallModule.signed(Int64(factor))
    let write = code(get(0), get(0), [0xad], number, [0x7e, 0x37, 0, 0])
    let read = code(get(1), get(0), [0x29, 0, 0, 0xa7, 0x6a], set(1))
    let loops = code(loop(to: size, by: stride, write), loop(to: size, by: stride, read))
    let main = SmallModule.Function(locals: [(2, .i32)], code: code(loops, prints(local: 1)))
    let sum = Swift.stride(from: 0, to: size, by: stride).reduce(UInt32(0)) {
      $0 &+ UInt32(truncatingIfNeeded: $1 &* factor)
    }
    return try ExtremeProgram(
      "\(size >> 20) MiB touched every \(stride) bytes",
      SmallModule(functions: [main], pages: (size + 65_535) >> 16), output: bytes(of: sum))
  }
}
