import Evaluator
import Foundation
import Graph
import InstructionSet
import Machine
import Reference
import Testing

/// Runs programs of the full profile on the graph and on the reference interpreter.
struct FullTrace {
  private static let machine = Result { try FullMachineGraph.universal() }
  /// How many tokens all prompts begin with: `{` and the small values.
  private static let commonCount = FullProgram.position(ofInstruction: 0)
  /// A run that has read them, to be forked.
  private static let begun = Result {
    let machine = try FullTrace.machine.get()
    var evaluator = GraphEvaluator(machine.graph)
    for token in [.programStart] + FullProgram.smallValues {
      try evaluator.advance(try #require(machine.vocabulary.id(of: token)))
    }
    return evaluator
  }

  /// Expects the graph to emit what the reference interpreter does, up to where that stops.
  ///
  /// - Parameters:
  ///   - instructions: what follows instruction 0, which is `halt`; it falls into another `halt`.
  ///   - limit: how many tokens to compare at most.
  static func expectAgreement(
    _ instructions: [FullInstruction], wideConstants: [UInt64] = [], entry: Int = 1, _ comment: String,
    limit: Int = .max, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let program = try FullProgram(
      instructions: [.init(.halt)] + instructions + [.init(.halt)], wideConstants: wideConstants, entry: entry)
    try expectAgreement(program, comment, limit: limit, sourceLocation: sourceLocation)
  }

  /// The same of a whole program; in long tests also with the program in the graph.
  ///
  /// - Parameter answers: what the host writes at each pause in turn.
  static func expectAgreement(
    _ program: FullProgram, _ comment: String, answers: [[FullToken]] = [], limit: Int = .max,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let machine = try machine.get()
    let prompt = try program.prompt.dropFirst(commonCount).map {
      try #require(machine.vocabulary.id(of: $0), "\($0.text)")
    }
    let trace = FullTrace(machine: machine, program: program, evaluator: try begun.get(), prologue: [])
    try trace.expectAgreement(prompt, comment, answers: answers, limit: limit, sourceLocation)
    if isLong {
      try expectAgreement(
        specializedTo: program, comment, answers: answers, limit: limit, sourceLocation: sourceLocation)
    }
  }

  /// Expects the graph with the program in it to write the prologue, then what the reference interpreter does.
  ///
  /// - Parameter input: memory that comes with the prompt.
  static func expectAgreement(
    specializedTo program: FullProgram, _ comment: String, input: [MemorySegment] = [], answers: [[FullToken]] = [],
    limit: Int = .max, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let machine = try FullMachineGraph.specialized(to: program)
    let prompt = try FullProgram.specializedPrompt(data: input).map { try #require(machine.vocabulary.id(of: $0)) }
    let trace = FullTrace(
      machine: machine, program: input.reduce(program) { $0.adding($1) }, evaluator: GraphEvaluator(machine.graph),
      prologue: FullPrologue(of: program).tokens)
    try trace.expectAgreement(
      prompt, "\(comment), specialised", answers: answers, limit: limit, sourceLocation)
  }

  private static let isLong = ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil

  private let machine: FullMachineGraph
  private let program: FullProgram
  /// Begun as far as all prompts are the same.
  private let evaluator: GraphEvaluator
  /// What comes before the interpreter's tokens.
  private let prologue: [FullToken]

  private func expectAgreement(
    _ prompt: [Int], _ comment: String, answers: [[FullToken]], limit: Int, _ sourceLocation: SourceLocation
  ) throws {
    var reference = FullReferenceInterpreter(program)
    var evaluator = evaluator
    var prologue = prologue[...]
    var found = try evaluator.prefill(prompt)
    var count = 0
    var answers = answers[...]
    while count < limit {
      guard let expected = try prologue.popFirst() ?? reference.next() else {
        guard let answer = answers.popFirst() else { return }
        try reference.read(answer)
        for token in answer { found = try evaluator.step(try #require(machine.vocabulary.id(of: token))) }
        continue
      }
      let index = reference.instructionIndex
      guard machine.vocabulary.tokens[found] == expected else {
        let last = program.instructions[max(0, index - 4)...index].map {
          "\($0.opcode.rawValue) \(Int32(bitPattern: $0.immediate))"
        }
        Issue.record(
          """
          \(comment): token \(count), instruction \(index), the last of \(last.joined(separator: "; ")): \
          expected \(expected.text), found \(machine.vocabulary.tokens[found].text); operands now \
          \(reference.operands.suffix(3).map { String($0.bits, radix: 16) })
          """, sourceLocation: sourceLocation)
        return
      }
      found = try evaluator.step(found)
      count += 1
    }
  }
}
