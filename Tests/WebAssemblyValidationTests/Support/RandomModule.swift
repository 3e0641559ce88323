import RandomNumbers
import TestSupport

/// Random modules in the binary format, most of them valid or nearly so.
///
/// The writer keeps a rough account of the operand types, so that a good part of the bodies is valid, and goes against
/// it now and then, so that a good part is not.
struct RandomModule {
  private typealias Bytes = [UInt8]

  private static let i32: UInt8 = 0x7F
  private static let i64: UInt8 = 0x7E
  private static let f32: UInt8 = 0x7D
  private static let f64: UInt8 = 0x7C

  /// An instruction with its operand and result types.
  private struct Entry {
    var bytes: Bytes
    var operands: Bytes
    var results: Bytes

    init(_ bytes: Bytes, _ operands: Bytes, _ results: Bytes) {
      (self.bytes, self.operands, self.results) = (bytes, operands, results)
    }
  }

  /// The function types: parameters and results. Function 0 is imported and has type 1; the others have types 0, 2, 3.
  private static let types: [(parameters: Bytes, results: Bytes)] = [
    ([], [i32]), ([i32, i64], [f32]), ([], []), ([i32, f64], [i32, f64]),
  ]

  private static let entries: [Entry] = [
    Entry([0x41, 0x05], [], [i32]), Entry([0x42, 0x7F], [], [i64]), Entry([0x43, 0, 0, 0x80, 0x3F], [], [f32]),
    Entry([0x44, 0, 0, 0, 0, 0, 0, 0, 0x40], [], [f64]), Entry([0x01], [], []),
    Entry([0x45], [i32], [i32]), Entry([0x6A], [i32, i32], [i32]), Entry([0x50], [i64], [i32]),
    Entry([0x7C], [i64, i64], [i64]), Entry([0x5B], [f32, f32], [i32]), Entry([0x92], [f32, f32], [f32]),
    Entry([0xA0], [f64, f64], [f64]), Entry([0x61], [f64, f64], [i32]), Entry([0xA7], [i64], [i32]),
    Entry([0xAC], [i32], [i64]), Entry([0xB6], [f64], [f32]), Entry([0xBB], [f32], [f64]), Entry([0xBF], [i64], [f64]),
    Entry([0xC0], [i32], [i32]), Entry([0xC4], [i64], [i64]), Entry([0xFC, 0x00], [f32], [i32]),
    Entry([0xFC, 0x07], [f64], [i64]),
    Entry([0x20, 0], [], [i32]), Entry([0x20, 1], [], [f64]), Entry([0x21, 2], [i64], []),
    Entry([0x22, 0], [i32], [i32]),
    Entry([0x23, 0], [], [i64]), Entry([0x23, 1], [], [i32]), Entry([0x24, 1], [i32], []), Entry([0x24, 0], [i64], []),
    Entry([0x1A], [i32], []), Entry([0x1A], [f32], []), Entry([0x1A], [i64], []), Entry([0x1A], [f64], []),
    Entry([0x1B], [i32, i32, i32], [i32]), Entry([0x1B], [f64, f64, i32], [f64]),
    Entry([0x28, 2, 0], [i32], [i32]), Entry([0x29, 3, 4], [i32], [i64]), Entry([0x2D, 1, 0], [i32], [i32]),
    Entry([0x2B, 2, 9], [i32], [f64]), Entry([0x36, 2, 0], [i32, i32], []), Entry([0x3C, 0, 0], [i32, i64], []),
    Entry([0x38, 2, 1], [i32, f32], []), Entry([0x3F, 0], [], [i32]), Entry([0x40, 0], [i32], [i32]),
    Entry([0x10, 0], [i32, i64], [f32]), Entry([0x10, 1], [], [i32]), Entry([0x10, 3], [i32, f64], [i32, f64]),
    Entry([0x11, 1, 0], [i32, i64, i32], [f32]), Entry([0x11, 3, 0], [i32, f64, i32], [i32, f64]),
    Entry([0xFC, 11, 0], [i32, i32, i32], []), Entry([0xFC, 10, 0, 0], [i32, i32, i32], []),
    Entry([0xFC, 8, 0, 0], [i32, i32, i32], []), Entry([0xFC, 9, 0], [], []), Entry([0xFC, 13, 0], [], []),
    Entry([0xFC, 12, 0, 0], [i32, i32, i32], []), Entry([0x00], [], []), Entry([0x0F], [i32], []),
    Entry([0x0C, 0], [], []),
    Entry([0x0C, 1], [i32], []), Entry([0x0D, 0], [i32], []), Entry([0x0D, 1], [i32, i32], [i32]),
    Entry([0x0E, 1, 0, 0], [i32], []), Entry([0x0E, 1, 0, 1], [i32, i32], []),
  ]

  private var generator: SplitMix64

  /// A writer of the modules that `seed` decides.
  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// The next module.
  mutating func next() -> [UInt8] {
    let export: Bytes = Self.name("a") + [generator.pick(from: [0, 0, 1, 2, 3]), generator.pick(from: [0, 0, 1])]
    let second: Bytes = Self.name(generator.pick(from: ["b", "b", "b", "a"])) + [0, 1]
    let memory: Bytes = generator.pick(from: [
      [0, 1], [1, 1, 2], [1, 0, 0x80, 0x80, 4], [1, 0, 0x81, 0x80, 4], [1, 2, 1],
    ])
    let initial: Bytes = generator.pick(from: [[0x41, 0], [0x41, 1], [0x42, 0], [0x23, 0]])
    let start: UInt8 = generator.pick(from: [2, 2, 2, 2, 0, 4])
    var sections: [Bytes] = [
      Self.section(1, Self.types.map { [0x60] + Self.sized($0.parameters) + Self.sized($0.results) }),
      Self.section(
        2,
        [
          Self.name("m") + Self.name("f") + [0, 1],
          Self.name("m") + Self.name("g") + [3, Self.i64, UInt8(chance(1) ? 1 : 0)],
        ]
      ),
      Self.section(3, [[0], [2], [3]]),
      Self.section(4, [[0x70, 0, 4]]),
      Self.section(5, chance(4) ? [memory] : [[0, 1]]),
      Self.section(6, [[Self.i32, 1] + (chance(2) ? initial : [0x41, 7]) + [0x0B]]),
      Self.section(7, [export, second]),
      [8] + Self.sized([start]),
      Self.section(9, [[0, 0x41, 0, 0x0B, 2, 0, UInt8(chance(1) ? 4 : 3)]]),
      [12] + Self.sized([1]),
      Self.section(10, [body([], [Self.i32]), body([], []), body([Self.i32, Self.f64], [Self.i32, Self.f64])]),
      Self.section(11, [[0, 0x41, 0, 0x0B, 1, 0x61]]),
    ]
    if chance(1) { sections.remove(at: Int.random(in: 0..<sections.count, using: &generator)) }
    return [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00] + sections.joined()
  }

  /// True in about one case out of 30 for each of `weight`.
  private mutating func chance(_ weight: Int) -> Bool { Int.random(in: 0..<30, using: &generator) < weight }

  /// A function body whose locals 0 to 2 are an i32, an f64 and an i64, whatever the parameters are.
  private mutating func body(_ parameters: Bytes, _ results: Bytes) -> Bytes {
    let missing = [Self.i32, Self.f64, Self.i64].dropFirst(parameters.count)
    let locals: Bytes = [UInt8(missing.count)] + missing.flatMap { [1, $0] as Bytes }
    return Self.sized(locals + sequence([], to: results, depth: 0) + [0x0B])
  }

  /// Instructions that lead from operands of types `start` to those of types `end`.
  private mutating func sequence(_ start: Bytes, to end: Bytes, depth: Int) -> Bytes {
    var stack = start
    var bytes: Bytes = []
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      if depth < 3, Int.random(in: 0..<8, using: &generator) == 0 {
        bytes += construct(&stack, depth: depth)
        continue
      }
      let entry = generator.pick(from: Self.entries)
      guard stack.suffix(entry.operands.count) == entry.operands[...] || chance(1) else { continue }
      bytes += entry.bytes
      stack = stack.dropLast(entry.operands.count) + entry.results
    }
    if stack != end, !chance(1) {
      bytes += Array(repeating: 0x1A, count: stack.count)
      for type in end {
        bytes += Self.entries.first { $0.operands.isEmpty && $0.results == [type] }?.bytes ?? []
      }
    }
    return bytes
  }

  private mutating func construct(_ stack: inout Bytes, depth: Int) -> Bytes {
    let opcode: UInt8 = generator.pick(from: [0x02, 0x03, 0x04])
    let index = Int.random(in: 0..<6, using: &generator)
    let (parameters, results): (Bytes, Bytes) =
      switch index {
      case 4: ([], [])
      case 5: ([], [Self.i64])
      default: Self.types[index]
      }
    let type: UInt8 = index == 4 ? 0x40 : index == 5 ? Self.i64 : UInt8(index)
    let operands = parameters + (opcode == 0x04 ? [Self.i32] : [])
    guard stack.suffix(operands.count) == operands[...] || chance(1) else { return [] }
    stack = stack.dropLast(operands.count) + results
    var bytes = [opcode, type] + sequence(parameters, to: results, depth: depth + 1)
    if opcode == 0x04, parameters != results || chance(8) {
      bytes += [0x05] + sequence(parameters, to: results, depth: depth + 1)
    }
    return bytes + [0x0B]
  }

  private static func name(_ text: String) -> Bytes { sized(Array(text.utf8)) }

  private static func section(_ id: UInt8, _ entries: [Bytes]) -> Bytes {
    [id] + sized(unsigned(entries.count) + entries.joined())
  }

  private static func sized(_ contents: Bytes) -> Bytes { unsigned(contents.count) + contents }

  private static func unsigned(_ value: Int) -> Bytes {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + unsigned(value >> 7)
  }
}
