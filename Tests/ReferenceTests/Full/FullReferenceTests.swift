import InstructionSet
import Reference
import Testing

/// Traces of the full profile, written down by hand.
@Suite struct FullReferenceTests {
  /// The tokens of a program that begins at instruction 1 and is followed by `halt`; at most a thousand.
  static func trace(
    _ instructions: [FullInstruction], wideConstants: [UInt64] = []
  ) throws -> String {
    let program = try FullProgram(
      instructions: [.init(.halt)] + instructions + [.init(.halt)], wideConstants: wideConstants)
    var interpreter = FullReferenceInterpreter(program)
    var texts: [String] = []
    while texts.count < 1000, let token = try interpreter.next() { texts.append(token.text) }
    return texts.joined(separator: " ")
  }

  static func fault(_ instructions: [FullInstruction]) throws -> FullExecutionFault.Kind? {
    do {
      _ = try trace(instructions)
      return nil
    } catch let fault as FullExecutionFault {
      return fault.kind
    }
  }

  @Test func sumsAndDifferencesCarry() throws {
    let operands: [FullInstruction] = [.init(.const, 0x01ff), .init(.const, 0x0101)]
    #expect(try Self.trace(operands + [.init(.add)]) == "const(4) const(4) 00' 03 00 00:push(4,-1) halt")
    #expect(try Self.trace(operands + [.init(.sub)]) == "const(4) const(4) fe 00 00 00:push(4,-1) halt")
    #expect(
      try Self.trace([.init(.const, 0), .init(.const, 1), .init(.sub)])
        == "const(4) const(4) ff' ff' ff' ff':push(4,-1) halt")
  }

  @Test func quotientsComeTwice() throws {
    #expect(
      try Self.trace([.init(.const, 0x0102_0304), .init(.const, 1), .init(.divide)])
        == "const(4) const(4) 01 02 03 04 04 03 02 01:push(4,-1) halt")
    #expect(
      try Self.trace([.init(.const, 1), .init(.const, 0), .init(.divide)])
        == "const(4) const(4) trap(integer_divide_by_zero)")
  }

  @Test func countsComeByteByByte() throws {
    #expect(try Self.trace([.init(.const, 0x0100), .init(.leadingZeros)]) == "const(4) 08 07 0f 17:push(1,0) halt")
    #expect(try Self.trace([.init(.const, 0x0100), .init(.trailingZeros)]) == "const(4) 08 08 08 08:push(1,0) halt")
    #expect(try Self.trace([.init(.const, 0x0103), .init(.ones)]) == "const(4) 02 03 03 03:push(1,0) halt")
    #expect(
      try Self.trace([.init(.wideConst), .init(.wideLeadingZeros)], wideConstants: [0])
        == "const(8) 08 10 18 20 28 30 38 40:push(1,0) halt")
  }

  @Test func instructionsWithoutBytesAreOneToken() throws {
    #expect(
      try Self.trace([
        .init(.const, 5), .init(.localGet), .init(.globalGet, 1), .init(.pop, 2), .init(.enter, 9), .init(.br, 7),
      ]) == "const(4) local global pop(2) enter 07 00:jump(0) halt")
  }

  @Test func selectLeavesTheFirstOrWritesTheSecond() throws {
    let operands: [FullInstruction] = [.init(.const, 1), .init(.const, 2)]
    #expect(
      try Self.trace(operands + [.init(.const, 256), .init(.select), .init(.output)])
        == "const(4) const(4) const(4) pop(2) 01:out halt")
    #expect(
      try Self.trace(operands + [.init(.const, 0), .init(.select), .init(.output)])
        == "const(4) const(4) const(4) 02 00 00 00:push(4,-2) 02:out halt")
  }

  @Test func undefinedInstructionsAreFaults() throws {
    #expect(try Self.fault([.init(.add)]) == .stackUnderflow)
    #expect(try Self.fault([.init(.const, 1), .init(.wideCopy), .init(.wideAdd)]) == .stackUnderflow)
    #expect(try Self.fault([.init(.const, 1), .init(.const, 1), .init(.wideAdd)]) == .wrongWidth(found: .word))
    #expect(try Self.fault([.init(.const, 1), .init(.localGet, signed: -1)]) == .noSuchSlot(0))
    #expect(try Self.fault([.init(.const, 1), .init(.globalGet, 2)]) == .noSuchSlot(2))
    #expect(
      try Self.fault([.init(.const, 1), .init(.localGet), .init(.localGet)]) == .referenceToReference(slot: 2))
    #expect(try Self.fault([.init(.const, 1), .init(.const, 32), .init(.shiftLeft)]) == .shiftOutOfRange(32))
    #expect(try Self.fault([.init(.const, 1), .init(.const, 0), .init(.shiftRightUnsigned)]) == .shiftOutOfRange(0))
    #expect(try Self.fault([.init(.br, 9)]) == .cursorOutsideProgram(9))
    #expect(
      try Self.fault([.init(.const, 0), .init(.const, 1025), .init(.memorySet, 1)]) == .memoryTooLarge(pages: 1025))
  }
}
