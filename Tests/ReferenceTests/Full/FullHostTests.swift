import InstructionSet
import Reference
import Testing

/// What the host writes into a trace of the full profile.
@Suite struct FullHostTests {
  /// An interpreter of instructions from 1 on that stands at its first pause.
  private static func paused(_ instructions: [FullInstruction]) throws -> FullReferenceInterpreter {
    var interpreter = FullReferenceInterpreter(
      try FullProgram(instructions: [.init(.halt)] + instructions + [.init(.halt)]))
    while try interpreter.next() != nil {}
    return interpreter
  }

  /// What the rest of the trace is once the host has written these tokens.
  private static func rest(_ interpreter: FullReferenceInterpreter, _ tokens: [FullToken]) throws -> String {
    var interpreter = interpreter
    try interpreter.read(tokens)
    var texts: [String] = []
    while texts.count < 1000, let token = try interpreter.next() { texts.append(token.text) }
    return texts.joined(separator: " ")
  }

  private static func fault(
    _ interpreter: FullReferenceInterpreter, _ tokens: [FullToken]
  ) -> FullExecutionFault.Kind? {
    var interpreter = interpreter
    do throws(FullExecutionFault) {
      try interpreter.read(tokens)
      return nil
    } catch {
      return error.kind
    }
  }

  private static func jump(_ instruction: UInt8) -> [FullToken] { [.byte(instruction), .last(0, .jump(0))] }

  @Test func values() throws {
    let interpreter = try Self.paused([.init(.host, 3), .init(.output), .init(.pop, 1)])
    #expect(interpreter.pause == .host(service: 3))
    let tokens = FullOperand(0x0102_0304_0506_0708, .wide).hostTokens + FullOperand(0x42, .word).hostTokens
    #expect(
      tokens.map(\.text) == [
        "08", "07", "06", "05", "04", "03", "02", "01:host(8)", "42", "00", "00", "00:host(4)",
      ])
    #expect(try Self.rest(interpreter, tokens) == "42:out pop(1) halt")
  }

  @Test func nothing() throws {
    let interpreter = try Self.paused([.init(.host, 0), .init(.const, 7), .init(.output)])
    #expect(try Self.rest(interpreter, []) == "const(4) 07:out halt")
  }

  @Test func bytesOfMemory() throws {
    let interpreter = try Self.paused([
      .init(.const, 0), .init(.const, 1), .init(.memorySet, 1), .init(.host, 0), .init(.load),
    ])
    let tokens = MemorySegment(address: 0x1234, bytes: [1, 2, 3, 4]).tokens + FullOperand(0x1235, .word).hostTokens
    #expect(try Self.rest(interpreter, tokens) == "02 03 04 00:push(4,0) halt")
  }

  @Test func jumpsAndPops() throws {
    let interpreter = try Self.paused([.init(.const, 1), .init(.const, 2), .init(.trap), .init(.output)])
    #expect(interpreter.pause == .trapped(.unreachable))
    #expect(try Self.rest(interpreter, Self.jump(0) + [.event(.pop(1))] + Self.jump(4)) == "01:out halt")
    // A pop ends an instruction.
    #expect(try Self.rest(interpreter, [.event(.pop(1))]) == "halt")
  }

  @Test(
    arguments: [
      [.init(.const, 1), .init(.const, 2), .init(.load)], [.init(.const, 1), .init(.const, 2), .init(.store8)],
      [.init(.const, 1), .init(.const, 0), .init(.divide)], [.init(.const, 1), .init(.const, 2), .init(.tableGet)],
      [.init(.const, 1), .init(.const, 2), .init(.enter)], [.init(.const, 1), .init(.const, 2), .init(.trap)],
    ] as [[FullInstruction]])
  func trapsLeaveTheOperands(_ instructions: [FullInstruction]) throws {
    let interpreter = try Self.paused(instructions)
    #expect(interpreter.operands.map(\.bits) == instructions.prefix(2).map { UInt64($0.immediate) })
  }

  @Test func whatIsNoAnswer() throws {
    let interpreter = try Self.paused([.init(.const, 1), .init(.host, 0)])
    for token: FullToken in [
      .byte(1, marked: true), .last(0, .store), .last(0, .jump(-1)), .last(0, .jump(0), marked: true), .data(1),
      .event(.halt), .event(.constant), .instruction(.add), .programStart, .programEnd,
    ] {
      #expect(Self.fault(interpreter, [token]) == .unexpectedToken(token))
    }
    #expect(Self.fault(interpreter, [.event(.pop(2))]) == .stackUnderflow)
    for tokens: [FullToken] in [
      [.byte(0)], [.hostValue(0, .word)], [.byte(0), .event(.pop(1))], [.byte(0), .byte(0), .last(0, .jump(0))],
      MemorySegment(address: 0, bytes: []).tokens, MemorySegment(address: 0, bytes: [1]).tokens,
      Array(repeating: .byte(0), count: 4) + [.hostValue(0, .word)],
    ] {
      #expect(Self.fault(interpreter, tokens) == .unfinishedAnswer, "\(tokens.map(\.text))")
    }
    let beyond = MemorySegment(address: FullMachineLimits.pages << 16, bytes: [1])
    #expect(Self.fault(interpreter, beyond.tokens) == .unexpectedToken(.data(1)))
  }

  @Test func valuesAreNoStores() throws {
    let value = FullOperand(1, .word).hostTokens
    #expect(Self.fault(try Self.paused([.init(.host, 0), .init(.store8)]), value) == .storeBehindHost)
    let trapped = try Self.paused([.init(.trap), .init(.store8)])
    #expect(Self.fault(trapped, value) == .storeBehindHost)
    #expect(Self.fault(trapped, Self.jump(0) + value + Self.jump(0)) == nil)
  }
}
