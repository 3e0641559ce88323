import Evaluator
import Graph
import InstructionSet
import Machine
import Reference
import Testing

/// The full machine's graph, evaluated directly, against the reference interpreter.
@Suite struct FullTraceTests {
  static let edges: [UInt32] = [
    0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x00ff_ff00, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
  ]

  static let wideEdges: [UInt64] = [
    0, 1, 0xff, 0xffff_ffff, 0x1_0000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0x8000_0000_ffff_ffff,
    0xff00_ff00_ff00_ff00, .max,
  ]

  @Test(arguments: FullOpcode.allCases.filter { $0.takesTwoOperands(.word) })
  func operationsOfTwoWordsOnAllPairsOfEdges(_ opcode: FullOpcode) throws {
    var instructions: [FullInstruction] = []
    for left in Self.edges {
      for right in Self.edges where opcode != .divide || right != 0 {
        instructions += [.init(.const, left), .init(.const, right), .init(opcode), .init(.pop, 1)]
      }
    }
    try FullTrace.expectAgreement(instructions, opcode.rawValue)
  }

  @Test(arguments: FullOpcode.allCases.filter { $0.takesTwoOperands(.wide) })
  func operationsOfTwoWideOperandsOnAllPairsOfEdges(_ opcode: FullOpcode) throws {
    var instructions: [FullInstruction] = []
    for left in Self.wideEdges.indices {
      for right in Self.wideEdges.indices {
        instructions += [
          .init(.wideConst, UInt32(left)), .init(.wideConst, UInt32(right)), .init(opcode), .init(.pop, 1),
        ]
      }
    }
    try FullTrace.expectAgreement(instructions, wideConstants: Self.wideEdges, opcode.rawValue)
  }

  @Test(arguments: FullOpcode.allCases.filter { $0.takesOneOperand })
  func operationsOfOneOperandOnEdgesAndSingleBits(_ opcode: FullOpcode) throws {
    let isWide = opcode.readsWideOperand
    let bits = (0..<(isWide ? 64 : 32)).flatMap { [UInt64(1) << UInt64($0), UInt64.max << UInt64($0)] }
    let values = bits + (isWide ? Self.wideEdges : Self.edges.map { UInt64($0) })
    let instructions = values.indices.flatMap { index -> [FullInstruction] in
      let value = FullInstruction(
        isWide ? .wideConst : .const, isWide ? UInt32(index) : UInt32(truncatingIfNeeded: values[index]))
      return [value, .init(opcode), .init(.pop, 1)]
    }
    try FullTrace.expectAgreement(instructions, wideConstants: isWide ? values : [], opcode.rawValue)
  }

  @Test(arguments: FullOpcode.allCases.filter(\.isShift))
  func shiftsByEveryDistance(_ opcode: FullOpcode) throws {
    let width = opcode.description.operandWidth
    let bits = 8 * UInt32(width.rawValue)
    let distances = opcode.goesRight ? 1...bits : 0...bits - 1
    let values: [UInt64] = [1, 0x8000_0000, 0x8765_4321, 0xfedc_ba98_7654_3210, .max]
    let instructions = values.indices.flatMap { index in
      distances.flatMap { distance -> [FullInstruction] in
        let value = FullInstruction(
          width == .wide ? .wideConst : .const,
          width == .wide ? UInt32(index) : UInt32(truncatingIfNeeded: values[index]))
        return [value, .init(.const, distance), .init(opcode), .init(.pop, 1)]
      }
    }
    try FullTrace.expectAgreement(instructions, wideConstants: width == .wide ? values : [], opcode.rawValue)
  }

  @Test func randomPrograms() throws {
    for seed in UInt64(1)...25 { try FullTrace.expectAgreement(RandomFullProgram.make(seed: seed), "seed \(seed)") }
  }

  /// Distances that are not constants: the low bits, and what is left of the width.
  @Test func variableDistances() throws {
    let instructions = Self.edges.flatMap { value -> [FullInstruction] in
      let left: [FullInstruction] = [.init(.const, value), .init(.const, 31), .init(.andByte)]
      return [.init(.const, 0x1234_5678)] + left + [.init(.shiftLeft), .init(.pop, 1), .init(.const, 0x1234_5678)]
        + left
        + [.init(.const, 32), .init(.subFromByte), .init(.shiftRightUnsigned), .init(.pop, 1)]
    }
    try FullTrace.expectAgreement(instructions, "variable distances")
  }

  /// Quotients at whose edges a digit must not be rounded up: multiples of the divisor and one less.
  @Test(
    arguments: [1, 2, 3, 7, 10, 255, 256, 257, 1000, 65535, 65537, 0xff_ffff, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff]
      as [UInt32])
  func quotientsAtMultiples(_ divisor: UInt32) throws {
    let greatest = UInt32.max / divisor
    let factors = [0, 1, 2, 255, 256, 257, 65535, 65536, 0x12_3456, greatest].filter { $0 <= greatest }
    let dividends = factors.flatMap { [$0 &* divisor, $0 &* divisor &- 1, $0 &* divisor &+ divisor &- 1] }
    let instructions = dividends.flatMap { dividend -> [FullInstruction] in
      [.init(.const, dividend), .init(.const, divisor), .init(.divide), .init(.pop, 1)]
    }
    try FullTrace.expectAgreement(instructions, "quotients by \(divisor)")
  }

  @Test func selectsOfBothWidths() throws {
    let instructions = Self.edges.flatMap { condition -> [FullInstruction] in
      [
        .init(.const, 0x1122_3344), .init(.const, 0xaabb_ccdd), .init(.const, condition), .init(.select),
        .init(.const, 1), .init(.add), .init(.pop, 1),
        .init(.wideConst, 0), .init(.wideConst, 1), .init(.const, condition), .init(.wideSelect),
        .init(.wideConst, 1), .init(.wideAdd), .init(.pop, 1),
      ]
    }
    try FullTrace.expectAgreement(
      instructions, wideConstants: [0x0102_0304_0506_0708, 0xf1f2_f3f4_f5f6_f7f8], "select")
  }
}

extension FullOpcode {
  /// Whether the opcode computes with two operands of that width and any value.
  fileprivate func takesTwoOperands(_ width: FullToken.ValueWidth) -> Bool {
    let description = description
    guard description.operandWidth == width, description.operandCount == 2, self != .subFromByte else { return false }
    return switch description.operation {
    case .combination, .product, .quotient, .comparison: true
    default: false
    }
  }

  fileprivate var takesOneOperand: Bool {
    guard description.operandCount == 1, self != .jump else { return false }
    guard case .last(let ending) = description.ending else { return false }
    return switch (ending, description.operation) {
    case (.push, .combination), (.push, .extend), (.small, .bitCount): true
    default: false
    }
  }

  fileprivate var readsWideOperand: Bool {
    switch self {
    case .extendSigned, .extendUnsigned: false
    case .wrap: true
    default: description.operandWidth == .wide
    }
  }

  fileprivate var isShift: Bool {
    if case .shift = description.operation { true } else { false }
  }

  fileprivate var goesRight: Bool {
    switch description.operation {
    case .shift(.rightUnsigned), .shift(.rightSigned): true
    default: false
    }
  }
}
