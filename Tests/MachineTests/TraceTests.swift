import Evaluator
import Graph
import InstructionSet
import Machine
import Reference
import Testing

/// The machine's graph, evaluated directly, against the reference interpreter.
@Suite struct TraceTests {
  /// What the graph emits behind the prompt, up to `halt` or one token more than expected.
  static func trace(
    _ machine: MachineGraph, prompt: [Token], limit: Int, lookups: GraphEvaluator.LookupMethod = .hull
  ) throws -> [Token] {
    var evaluator = GraphEvaluator(machine.graph, lookups: lookups)
    let ids = prompt.compactMap(machine.vocabulary.id)
    for id in ids.dropLast() { try evaluator.advance(id) }
    guard var next = ids.last else { return [] }
    var tokens: [Token] = []
    while tokens.count < limit {
      next = try evaluator.step(next)
      tokens.append(machine.vocabulary.tokens[next])
      if tokens.last == .halt { break }
    }
    return tokens
  }

  static func reference(_ program: Program, limit: Int = .max) throws -> [Token] {
    var interpreter = ReferenceInterpreter(program, maximumTokens: limit)
    var tokens: [Token] = []
    while let token = try interpreter.next() { tokens.append(token) }
    return tokens
  }

  static func expectAgreement(
    _ program: Program, _ comment: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = try reference(program)
    let universal = try trace(.universal(), prompt: program.prompt, limit: expected.count + 1)
    let difference = TraceDifference.first(expected: expected, found: universal)
    #expect(difference == nil, "\(comment), universal", sourceLocation: sourceLocation)
    let specialized = try trace(
      .specialized(to: program), prompt: program.specializedPrompt, limit: expected.count + 1)
    let specializedDifference = TraceDifference.first(expected: expected, found: specialized)
    #expect(specializedDifference == nil, "\(comment), specialized", sourceLocation: sourceLocation)
  }

  static let edges: [UInt32] = [
    0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
  ]

  @Test(arguments: Opcode.allCases.filter { $0.description.operandCount == 2 && $0.description.ending == .push })
  func operationsOfTwoOperandsOnAllPairsOfEdges(_ opcode: Opcode) throws {
    var instructions: [Instruction] = []
    for left in Self.edges {
      for right in Self.edges {
        instructions += [.init(.const, left), .init(.const, right), .init(opcode), .init(.drop)]
      }
    }
    try Self.expectAgreement(Program(instructions: instructions + [.init(.halt)]), opcode.rawValue)
  }

  @Test func selectAndEqzOnEdges() throws {
    var instructions: [Instruction] = []
    for value in Self.edges {
      instructions += [.init(.const, value), .init(.eqz), .init(.drop)]
      instructions += [.init(.const, 0x1234_5678), .init(.const, 0x9abc_def0), .init(.const, value), .init(.select)]
      instructions += [.init(.output)]
    }
    try Self.expectAgreement(Program(instructions: instructions + [.init(.halt)]), "select, eqz")
  }

  @Test func loadsOfEveryWidthAtOverlappingAddresses() throws {
    var instructions: [Instruction] = []
    let stores: [Opcode] = [.store, .store8, .store16]
    let loads: [Opcode] = [.load, .load8Signed, .load8Unsigned, .load16Signed, .load16Unsigned]
    for (index, value) in Self.edges.enumerated() {
      let store = stores[index % stores.count]
      instructions += [.init(.const, 1024 + UInt32(index) % 5), .init(.const, value), .init(store, 3)]
      for load in loads {
        for address in 1024..<UInt32(1032) { instructions += [.init(.const, address), .init(load, 2), .init(.drop)] }
      }
    }
    try Self.expectAgreement(Program(instructions: instructions + [.init(.halt)]), "loads")
  }

  @Test func addressZeroAndUnwrittenMemory() throws {
    let instructions: [Instruction] = [
      .init(.const, 0), .init(.load), .init(.drop), .init(.const, 0), .init(.const, 0xa1b2_c3d4), .init(.store),
      .init(.const, 0), .init(.load), .init(.drop), .init(.const, 3), .init(.load), .init(.drop),
      .init(.const, 5000), .init(.load8Signed), .init(.halt),
    ]
    try Self.expectAgreement(Program(instructions: instructions), "unwritten memory")
  }

  @Test(arguments: ["", "a", "{}", "two words\n", "grüße", "\u{01}\u{7f}"])
  func inputIsReadByteForByte(_ input: String) throws {
    var instructions: [Instruction] = [.init(.inputBase, 4096)]
    for offset in 0...UInt32(input.utf8.count) {
      instructions += [.init(.const, 4096), .init(.load8Unsigned, offset), .init(.output)]
    }
    let program = try Program(instructions: instructions + [.init(.halt)], input: Array(input.utf8))
    try Self.expectAgreement(program, "input of \(input.utf8.count) bytes")
  }

  @Test func haltIsThePredictionOfAnEmptyProgram() throws {
    try Self.expectAgreement(Program(instructions: [.init(.halt)]), "halt")
  }

  /// Each call keeps a local across a deeper call; sums that are off by a unit in the last place would read stale values.
  @Test func recursionFourHundredDeepKeepsItsLocals() throws {
    // f(n): if n == 0 return 0; return f(n − 1) + n
    let program = try Program(instructions: [
      .init(.const, 400), .init(.call, 2), .init(.drop), .init(.halt),
      .init(.localSet, 0), .init(.localGet, 0), .init(.eqz), .init(.brIf, 7),
      .init(.localGet, 0), .init(.const, 1), .init(.sub), .init(.call, UInt32(bitPattern: -8)),
      .init(.localGet, 0), .init(.add), .init(.return, ~10),
      .init(.const, 0), .init(.return, ~12),
    ])
    try Self.expectAgreement(program, "recursion")
  }

  @Test func hullAndBruteForceAgree() throws {
    let program = try Program(instructions: [
      .init(.const, 3), .init(.localSet, 0), .init(.localGet, 0), .init(.const, 1), .init(.sub), .init(.localTee, 0),
      .init(.brIf, UInt32(bitPattern: -5)), .init(.halt),
    ])
    let expected = try Self.reference(program)
    let brute = try Self.trace(
      .universal(), prompt: program.prompt, limit: expected.count + 1, lookups: .reference)
    #expect(brute == expected)
  }
}
