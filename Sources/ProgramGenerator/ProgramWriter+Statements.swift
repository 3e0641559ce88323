import InstructionSet

/// Statements: code that leaves the operand stack as it found it.
///
/// Every writer returns how many instructions its code executes at most, which is no more than its budget.
extension ProgramWriter {
  private static let stores: [Opcode] = [.store, .store8, .store16]
  /// The least that the dearest simple statement may be given.
  private static let leastBudget = 8

  /// Statements one after the other; none where the budget is small.
  mutating func writeBlock(budget: Int, upTo count: Int = 5) -> Int {
    var spent = 0
    for _ in 0..<random.number(in: 1...count) {
      let available = budget - spent
      guard available >= Self.leastBudget, !scope.isFull else { break }
      spent += writeStatement(budget: random.number(in: Self.leastBudget...available))
    }
    return spent
  }

  private mutating func writeStatement(budget: Int) -> Int {
    switch random.number(in: 0...19) {
    case 0...3: writeAssignment(budget: budget)
    case 4...6: writeStore(budget: budget)
    case 7, 8: writeUse(.output, budget: budget)
    case 9: writeUse(.drop, budget: budget)
    case 10: writeUse(.globalSet, budget: budget)
    case 11, 12: writeConditional(budget: budget)
    case 13: writeSkippedCode()
    case 14: writeEarlyEnd(budget: budget)
    case 15, 16: writeCallStatement(budget: budget)
    default: writeLoop(budget: budget)
    }
  }

  /// A value and what pops it.
  private mutating func writeUse(_ opcode: Opcode, budget: Int, immediate: UInt32 = 0) -> Int {
    let spent = writeValue(budget: budget - 1)
    emit(opcode, immediate)
    return spent + 1
  }

  private mutating func writeAssignment(budget: Int) -> Int {
    guard let local = random.pick(scope.writable) else { return writeUse(.drop, budget: budget) }
    return writeUse(.localSet, budget: budget, immediate: UInt32(local))
  }

  private mutating func writeStore(budget: Int) -> Int {
    let address = writeAddress()
    let value = writeValue(budget: budget - address - 1)
    emit(random.pick(Self.stores) ?? .store, randomOffset())
    return address + value + 1
  }

  private mutating func writeCallStatement(budget: Int) -> Int {
    guard let call = writeCall(budget: budget - 1, nesting: 0, needsResult: false) else {
      return writeUse(.output, budget: budget)
    }
    return call.cost + writeDisposal(hasResult: call.hasResult)
  }

  /// Drops or prints a result where there is one.
  mutating func writeDisposal(hasResult: Bool) -> Int {
    guard hasResult else { return 0 }
    emit(random.isOnce(in: 2) ? .output : .drop)
    return 1
  }

  /// A block that a condition skips, or one of two blocks.
  private mutating func writeConditional(budget: Int) -> Int {
    let (second, end) = (scope.newLabel(), scope.newLabel())
    let condition = writeValue(budget: budget / 3)
    emit(.jump(.brIf, label: second))
    let first = writeBlock(budget: budget - condition - 2, upTo: 3)
    guard random.isOnce(in: 2) else {
      emit(.label(second))
      return condition + 1 + first
    }
    emit(.jump(.br, label: end))
    emit(.label(second))
    let other = writeBlock(budget: budget - condition - 1, upTo: 3)
    emit(.label(end))
    return condition + 1 + max(first + 1, other)
  }

  /// Any instructions at all, behind a branch that keeps them from being executed.
  private mutating func writeSkippedCode() -> Int {
    let end = scope.newLabel()
    emit(.jump(.br, label: end))
    let opcodes = Opcode.allCases.filter { $0 != .inputBase }
    for _ in 0..<random.number(in: 0...3) { emit(random.pick(opcodes) ?? .halt, randomConstant()) }
    emit(.label(end))
    return 1
  }

  /// A return, or in the main program a halt, where a condition does not hold.
  private mutating func writeEarlyEnd(budget: Int) -> Int {
    if scope.number == nil, !random.isOnce(in: 10) { return writeUse(.output, budget: budget) }
    let end = scope.newLabel()
    let condition = writeValue(budget: budget / 3)
    emit(.jump(.brIf, label: end))
    let ending = writeEnd(budget: budget - condition - 1)
    emit(.label(end))
    return condition + 1 + ending
  }

  /// The end of the function with its result, or of the main program; the budget is at least 2.
  mutating func writeEnd(budget: Int) -> Int {
    guard scope.number != nil else {
      emit(.halt)
      return 1
    }
    let result = scope.hasResult ? writeValue(budget: budget - 1) : 0
    emit(.returnFromFunction)
    return result + 1
  }
}
