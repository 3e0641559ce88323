import Graph
import InstructionSet

/// Builds the full machine, stage by stage; each stage is a file of its own.
struct FullAssembly {
  /// Larger than any position, so that subtracting it names position 0, which holds nothing.
  static let beyondPositions = 0x1p30
  /// Larger than any operand, so that subtracting it closes a gate or names an address that does not exist.
  static let operandBound = 0x1p34

  var builder = GraphBuilder()
  let columns: FullTokenColumns
  let place: FullProgramPlace

  init(_ place: FullProgramPlace) {
    self.place = place
    columns = FullTokenColumns(&builder, place.mode)
  }

  var one: Expression { builder.one }
  var position: Expression { builder.position }

  /// The stages in order: where the trace stands, which instruction that is, where its operands are, what it does, what comes next.
  mutating func assemble() throws(GraphError) -> FullMachineGraph {
    let state = trackState()
    let instruction = fetch(state)
    let pointers = locateOperands(state, instruction)
    let operands = readOperands(pointers, state, instruction)
    let access = access(operands, state, instruction)
    let distance = shiftDistance(pointers, state)
    let raw =
      combine(operands, state, instruction) + shiftedSign(distance, operands, instruction) + instruction.immediateByte
    var number = endingNumber(state, instruction) + checked(raw, operands, instruction)
    let factors = readFactors(pointers, state)
    number += scaledByte(
      product(factors, pointers, state, instruction) + shifted(distance, pointers, instruction))
    number += quotient(factors, operands, state, instruction) + compare(operands, instruction)
    number += loadedByte(access, state, operands.isBeyond) + outOfBounds(access, state, instruction)
    number += labelByte(operands, state, instruction) + stackExhausted(state, instruction)
    number += prologueNumber(state)
    let next = builder.persist(number, name: "next_token")
    return try finish(next: next)
  }

  private func finish(next: Expression) throws(GraphError) -> FullMachineGraph {
    let vocabulary = FullVocabulary(place.mode)
    let tokens = vocabulary.tokens.map { token in
      TokenDefinition(text: token.text, embedding: columns.embedding(of: token), score: score(token, next: next))
    }
    return FullMachineGraph(graph: try builder.finish(tokens: tokens), vocabulary: vocabulary)
  }

  private func score(_ token: FullToken, next: Expression) -> Expression {
    guard let number = place.number(of: token) else { return -0x1p40 * one }
    return Double(2 * number) * next - Double(number * number) * one
  }

  /// One neuron that is 1 where the gate is open.
  mutating func indicator(_ gate: Expression, _ name: String) -> Expression {
    builder.reglu(one, gate, name: name)
  }

  /// What is added to a gate so that it is closed unless the unit's gate is open.
  func closed(unless gate: Expression) -> Expression {
    Self.operandBound * (gate - one)
  }
}
