import InstructionSet
import Reference
import Testing

/// Arithmetic and comparisons against Swift's own, on edge values and random ones.
@Suite struct RandomArithmeticTests {
  private static let seed: UInt64 = 20_261_121
  private static let edges: [UInt32] = [
    0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0xff_ffff, 0x100_0000, 0x7fff_ffff,
    0x8000_0000, 0x8000_0001, 0xff00_ff00, 0x00ff_00ff, 0xffff_fffe, 0xffff_ffff,
  ]

  /// All pairs of edge values, then as many random pairs.
  private static var pairs: [(UInt32, UInt32)] {
    var state = seed
    func random() -> UInt32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt32(truncatingIfNeeded: state >> 32)
    }
    let all = edges.flatMap { first in edges.map { (first, $0) } }
    return all + (0..<2_000).map { _ in (random(), random()) }
  }

  private static let comparisons: [(Opcode, @Sendable (UInt32, UInt32) -> Bool)] = [
    (.eq, { $0 == $1 }), (.ne, { $0 != $1 }),
    (.ltUnsigned, { $0 < $1 }), (.gtUnsigned, { $0 > $1 }), (.leUnsigned, { $0 <= $1 }), (.geUnsigned, { $0 >= $1 }),
    (.ltSigned, { Int32(bitPattern: $0) < Int32(bitPattern: $1) }),
    (.gtSigned, { Int32(bitPattern: $0) > Int32(bitPattern: $1) }),
    (.leSigned, { Int32(bitPattern: $0) <= Int32(bitPattern: $1) }),
    (.geSigned, { Int32(bitPattern: $0) >= Int32(bitPattern: $1) }),
  ]

  /// The tokens of the instruction behind two constants.
  private func result(_ opcode: Opcode, _ first: UInt32, _ second: UInt32) throws -> [Token] {
    let program = try Program(instructions: [
      Instruction(.const, first), Instruction(.const, second), Instruction(opcode), Instruction(.halt),
    ])
    return Array(Execution(of: program, maximumTokens: 100).tokens.dropFirst(10).dropLast())
  }

  /// A carry out of byte i is what the lowest i + 1 bytes overflow by.
  @Test func sums() throws {
    for (first, second) in Self.pairs {
      let expected: [Token] = (0..<4).map { byte in
        let bits = UInt64(8 * (byte + 1))
        let low = UInt64(first) % (1 << bits) + UInt64(second) % (1 << bits)
        return .byte(UInt8(truncatingIfNeeded: (first &+ second) >> UInt32(8 * byte)), marked: low >> bits == 1)
      }
      let found = try result(.add, first, second)
      #expect(
        found == expected + [.commit(-1, stores: true, branch: false)], "\(first) + \(second), seed \(Self.seed)")
    }
  }

  /// Byte i borrows where the lowest i + 1 bytes are less than those subtracted.
  @Test func differences() throws {
    for (first, second) in Self.pairs {
      let expected: [Token] = (0..<4).map { byte in
        let bits = UInt64(8 * (byte + 1))
        let borrows = UInt64(first) % (1 << bits) < UInt64(second) % (1 << bits)
        return .byte(UInt8(truncatingIfNeeded: (first &- second) >> UInt32(8 * byte)), marked: borrows)
      }
      let found = try result(.sub, first, second)
      #expect(
        found == expected + [.commit(-1, stores: true, branch: false)], "\(first) − \(second), seed \(Self.seed)")
    }
  }

  @Test func comparisons() throws {
    for (opcode, holds) in Self.comparisons {
      for (first, second) in Self.pairs {
        let found = try result(opcode, first, second)
        let expected: [Token] =
          [.byte(holds(first, second) ? 1 : 0), .byte(0), .byte(0), .byte(0)]
          + [.commit(-1, stores: true, branch: false)]
        #expect(found == expected, "\(first) \(opcode.rawValue) \(second), seed \(Self.seed)")
      }
    }
  }

  /// Random stores and loads of all widths in a window of 40 bytes across a page, against a plain array.
  @Test func overlappingStoresAndLoads() throws {
    var state = Self.seed
    func random(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let base = 0xffe8
    var bytes = [UInt8](repeating: 0, count: 44)
    var instructions: [Instruction] = []
    var expected: [[UInt8]] = []
    for _ in 0..<2_000 {
      let address = random(below: 40)
      let width = [1, 2, 4][random(below: 3)]
      let value = UInt32(random(below: 1 << 31)) &* 3
      let store: Opcode = width == 1 ? .store8 : width == 2 ? .store16 : .store
      instructions += [instruction(.const, address), Instruction(.const, value), instruction(store, base)]
      for byte in 0..<width { bytes[address + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte)) }
      let read = random(below: 40)
      instructions += [instruction(.const, base + read), instruction(.load), instruction(.drop)]
      expected.append(Array(bytes[read..<read + 4]))
    }
    let program = try Program(instructions: instructions + [instruction(.halt)])
    let tokens = Execution(of: program, maximumTokens: 1_000_000).tokens
    let commit = Token.commit(+0, stores: true, branch: false)
    let loads = tokens.indices.filter { tokens[$0] == commit }.map { tokens[$0 - 4..<$0].map(\.inputByte) }
    #expect(loads == expected.map { $0.map(Optional.some) }, "seed \(Self.seed)")
  }
}
