import InstructionSet

extension ProgramWriter {
  /// Writes a function that calls only those written before it, and itself when it is recursive.
  mutating func writeFunction() {
    let number = signatures.count
    let isRecursive = random.isOnce(in: 3)
    let parameterCount = random.number(in: (isRecursive ? 1 : 0)...3)
    let hasResult = !random.isOnce(in: 4)
    var cost = openFunction(
      number: number, parameterCount: parameterCount, hasResult: hasResult, isRecursive: isRecursive)
    let budget = random.number(in: 10...90)
    if isRecursive {
      cost += writeRecursion(parameterCount: parameterCount, hasResult: hasResult, number: number, budget: budget)
    } else {
      cost += writeBlock(budget: budget)
    }
    cost += writeEnd(budget: 12)
    functions.append(scope.items)
    signatures.append(
      FunctionSignature(parameterCount: parameterCount, hasResult: hasResult, isRecursive: isRecursive, cost: cost))
  }

  /// Moves the arguments into local variables, the last one first, and zeroes the others.
  private mutating func openFunction(
    number: Int, parameterCount: Int, hasResult: Bool, isRecursive: Bool
  ) -> Int {
    let locals = randomLocals(from: parameterCount)
    let readable = Array(0..<parameterCount) + locals
    scope = FunctionScope(
      number: number, hasResult: hasResult, readable: readable,
      writable: Array(readable.dropFirst(isRecursive ? 1 : 0)),
      maximumSize: 60)
    for parameter in (0..<parameterCount).reversed() { emit(.localSet, UInt32(parameter)) }
    return parameterCount + zero(locals)
  }

  /// Ends where no repetitions are left; otherwise a block, the function itself, and another block.
  private mutating func writeRecursion(
    parameterCount: Int, hasResult: Bool, number: Int, budget: Int
  ) -> Int {
    let goesOn = scope.newLabel()
    emit(.localGet, 0)
    emit(.jump(.brIf, label: goesOn))
    var cost = 2 + writeEnd(budget: 6)
    emit(.label(goesOn))
    cost += writeBlock(budget: budget / 2, upTo: 3)
    cost += writeSelfCall(parameterCount: parameterCount, function: number)
    cost += writeDisposal(hasResult: hasResult)
    cost += writeBlock(budget: budget / 2, upTo: 2)
    return cost
  }

  /// Writes the main program, which begins the table.
  ///
  /// - Parameter budget: the most instructions that it executes, functions included.
  mutating func writeMain(inputBase: UInt32?, budget: Int) {
    let locals = randomLocals(from: 0)
    scope = FunctionScope(number: nil, hasResult: false, readable: locals, writable: locals, maximumSize: 200)
    if let inputBase { emit(.inputBase, inputBase) }
    var available = budget - zero(locals) - 1
    for _ in 0..<random.number(in: 2...6) {
      available -= writeBlock(budget: available / 2)
    }
    emit(.halt)
    functions.append(scope.items)
  }

  /// A few indices, now and then one far from the others.
  private mutating func randomLocals(from first: Int) -> [Int] {
    let near = Array(first..<first + random.number(in: 1...3))
    return random.isOnce(in: 2) ? near + [random.number(in: 8...63)] : near
  }

  private mutating func zero(_ locals: [Int]) -> Int {
    for local in locals {
      emit(.const, 0)
      emit(.localSet, UInt32(local))
    }
    return 2 * locals.count
  }
}
