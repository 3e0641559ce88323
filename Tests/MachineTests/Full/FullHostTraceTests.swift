import InstructionSet
import Reference
import Testing

/// What the host appends to a trace, on the graph.
@Suite struct FullHostTraceTests {
  private static func jump(_ instruction: UInt8) -> [FullToken] { [.byte(instruction), .last(0, .jump(0))] }

  /// Loads each of some bytes and drops it.
  private static func loads(_ addresses: Range<UInt32>) -> [FullInstruction] {
    addresses.flatMap { [.init(.const, $0), .init(.load8Unsigned), .init(.pop, 1)] }
  }

  private static let memory: [FullInstruction] = [.init(.const, 0), .init(.const, 1), .init(.memorySet, 1)]

  @Test func valuesAndBytesOfMemory() throws {
    let answer =
      MemorySegment(address: 5, bytes: [1, 0xff, 3]).tokens + MemorySegment(address: 6, bytes: [2]).tokens
      + FullOperand(0x8000_0001, .word).hostTokens + FullOperand(.max, .wide).hostTokens
    try FullTrace.expectAgreement(
      try FullProgram(
        instructions: [.init(.halt)] + Self.memory
          + [.init(.host, 63), .init(.wideCopy), .init(.wrap), .init(.add), .init(.host, 0), .init(.copy)]
          + Self.loads(3..<9) + [.init(.halt)]),
      "answers", answers: [answer, []])
  }

  /// A trap where a store would come next: what the host writes then is not stored.
  @Test(
    arguments: [
      [.init(.const, 1 << 16), .init(.load), .init(.store32)],
      [.init(.const, 5), .init(.const, 0), .init(.divide), .init(.store16)],
      [.init(.const, 0x1234), .init(.trap, 2), .init(.store8)],
      [.init(.const, 0x1234), .init(.enter, 0), .init(.store8)],
      [.init(.store32, 0xffff), .init(.store64)],
    ] as [[FullInstruction]])
  func memoryBehindATrap(_ trapping: [FullInstruction]) throws {
    let loads = Self.loads(0..<8) + [.init(.halt)]
    let (loadsBegin, loadsEnd) = (UInt32(2 + Self.memory.count), UInt32(2 + Self.memory.count + loads.count))
    let stores: [FullInstruction] = [
      .init(.const, 0), .init(.wideConst, 0), .init(.store64), .init(.const, 0), .init(.const, 1),
    ]
    let program = try FullProgram(
      instructions: [.init(.halt)] + Self.memory + [.init(.br, loadsEnd)] + loads + stores + trapping + [.init(.halt)],
      wideConstants: [.max])
    for operand in [[], FullOperand(0x01ff, .word).hostTokens] {
      try FullTrace.expectAgreement(
        program, "\(trapping)",
        answers: [Self.jump(0) + [.event(.pop(1)), .event(.pop(1))] + operand + Self.jump(UInt8(loadsBegin))])
    }
  }
}
