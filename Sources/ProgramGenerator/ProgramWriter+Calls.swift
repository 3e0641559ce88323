import InstructionSet

extension ProgramWriter {
  /// Pushes arguments and calls a function that is finished, one with a result where that is needed; nil, with nothing
  /// written, where none fits the budget.
  mutating func writeCall(budget: Int, nesting: Int, needsResult: Bool) -> (cost: Int, hasResult: Bool)? {
    let candidates = signatures.indices.filter { number in
      let signature = signatures[number]
      return (signature.hasResult || !needsResult) && signature.parameterCount + 1 + signature.cost <= budget
    }
    guard let function = random.pick(candidates) else { return nil }
    let signature = signatures[function]
    var spent = 1 + signature.cost
    if signature.isRecursive {
      let affordable = (budget - signature.parameterCount - 1) / signature.cost - 1
      let repetitions = random.number(in: 0...min(6, affordable))
      emit(.const, UInt32(repetitions))
      spent += 1 + repetitions * signature.cost
    }
    let others = signature.parameterCount - (signature.isRecursive ? 1 : 0)
    spent += writeValues(others, budget: budget - spent, nesting: nesting)
    emit(.call(function: function))
    return (spent, signature.hasResult)
  }

  /// The call by which a recursive function activates itself, with one repetition less.
  ///
  /// - Returns: its instructions, without those of the activation.
  mutating func writeSelfCall(parameterCount: Int, function: Int) -> Int {
    emit(.localGet, 0)
    emit(.const, 1)
    emit(.sub)
    let spent = writeValues(parameterCount - 1, budget: 4 * parameterCount, nesting: 2)
    emit(.call(function: function))
    return 3 + spent + 1
  }
}
