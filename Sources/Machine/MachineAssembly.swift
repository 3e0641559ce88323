import Graph
import InstructionSet

/// Builds the machine, stage by stage; each stage is a file of its own.
struct MachineAssembly {
  /// Larger than any operand, so that subtracting it closes a gate.
  static let operandBound = 0x1p34

  var builder = GraphBuilder()
  let columns: TokenColumns
  let mode: Vocabulary.Mode

  init(mode: Vocabulary.Mode) {
    self.mode = mode
    columns = TokenColumns(&builder)
  }

  var one: Expression { builder.one }

  /// The stages in order: where the trace stands, which instruction that is, what it reads, what it does, what comes next.
  mutating func assemble(
    fetch: (inout MachineAssembly, TraceState) -> FetchedInstruction
  ) throws(GraphError) -> MachineGraph {
    let state = trackState()
    let instruction = fetch(&self, state)
    let operands = lookUpOperands(state)
    let sources = chooseSources(state, instruction, operands)
    let stored = lookUpStorage(state, instruction, operands)
    let comparison = compare(state, instruction, operands)
    let ending = chooseEnding(state, instruction, operands)
    let result = computeResult(state, instruction, operands, sources, stored)
    let next = chooseNext(result, ending, comparison)
    return try finish(next: next)
  }

  /// The vocabulary with its embedding and its scores.
  private mutating func finish(next: Expression) throws(GraphError) -> MachineGraph {
    let vocabulary = Vocabulary(mode)
    let tokens = vocabulary.tokens.map { token in
      TokenDefinition(text: token.text, embedding: columns.embedding(of: token), score: score(token, next: next))
    }
    return MachineGraph(graph: try builder.finish(tokens: tokens), vocabulary: vocabulary)
  }

  private func score(_ token: Token, next: Expression) -> Expression {
    guard let number = TokenNumber.number(of: token) else { return -0x1p40 * one }
    return Double(2 * number) * next - Double(number * number) * one
  }
}
