import InstructionSet

/// Values: code that pushes one operand and leaves those below alone.
///
/// Every writer returns how many instructions its code executes at most, which is no more than its budget.
extension ProgramWriter {
  private static let binary: [Opcode] = [
    .add, .add, .sub, .sub, .eq, .ne, .ltSigned, .ltUnsigned, .gtSigned, .gtUnsigned, .leSigned, .leUnsigned,
    .geSigned, .geUnsigned,
  ]
  private static let loads: [Opcode] = [.load, .load8Signed, .load8Unsigned, .load16Signed, .load16Unsigned]
  private static let maximumNesting = 5

  /// - Parameter budget: at least 1.
  mutating func writeValue(budget: Int, nesting: Int = 0) -> Int {
    guard budget >= 6, nesting < Self.maximumNesting, !scope.isFull else { return writeLeaf() }
    let inner = nesting + 1
    switch random.number(in: 0...14) {
    case 0...2: return writeLeaf()
    case 3...6: return writeOperation(random.pick(Self.binary) ?? .add, operands: 2, budget: budget, nesting: inner)
    case 7: return writeOperation(.eqz, operands: 1, budget: budget, nesting: inner)
    case 8: return writeOperation(.select, operands: 3, budget: budget, nesting: inner)
    case 9, 10: return writeLoad()
    case 11: return writeTee(budget: budget, nesting: inner)
    case 12: return writeChoice(budget: budget, nesting: inner)
    case 13: return writeReplacement(budget: budget, nesting: inner)
    default: return writeCall(budget: budget, nesting: inner, needsResult: true)?.cost ?? writeLeaf()
    }
  }

  /// So many values, one above the other; the budget is at least their number.
  mutating func writeValues(_ count: Int, budget: Int, nesting: Int) -> Int {
    var spent = 0
    for remaining in stride(from: count, to: 0, by: -1) {
      let available = budget - spent - (remaining - 1)
      let part = remaining == 1 ? available : random.number(in: 1...max(1, available * 2 / (remaining + 1)))
      spent += writeValue(budget: part, nesting: nesting)
    }
    return spent
  }

  mutating func randomConstant() -> UInt32 {
    let edges: [UInt32] = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, .max]
    switch random.number(in: 0...3) {
    case 0: return random.pick(edges) ?? 0
    case 1: return UInt32(random.number(in: 0...9))
    case 2: return UInt32(truncatingIfNeeded: random.number(in: -300...300))
    default: return UInt32(truncatingIfNeeded: random.bits())
    }
  }

  private mutating func writeLeaf() -> Int {
    switch random.number(in: 0...9) {
    case 0: emit(.globalGet, UInt32(random.number(in: 0...3)))
    case 1...5:
      guard let local = random.pick(scope.readable) else { fallthrough }
      emit(.localGet, UInt32(local))
    default: emit(.const, randomConstant())
    }
    return 1
  }

  private mutating func writeOperation(_ opcode: Opcode, operands: Int, budget: Int, nesting: Int) -> Int {
    let spent = writeValues(operands, budget: budget - 1, nesting: nesting)
    emit(opcode)
    return spent + 1
  }

  private mutating func writeTee(budget: Int, nesting: Int) -> Int {
    guard let local = random.pick(scope.writable) else { return writeLeaf() }
    let spent = writeValue(budget: budget - 1, nesting: nesting)
    emit(.localTee, UInt32(local))
    return spent + 1
  }

  /// A condition and two values, of which one is computed.
  private mutating func writeChoice(budget: Int, nesting: Int) -> Int {
    let (second, end) = (scope.newLabel(), scope.newLabel())
    let condition = writeValue(budget: budget / 2, nesting: nesting)
    emit(.jump(.brIf, label: second))
    let first = writeValue(budget: budget - condition - 2, nesting: nesting)
    emit(.jump(.br, label: end))
    emit(.label(second))
    let other = writeValue(budget: budget - condition - 1, nesting: nesting)
    emit(.label(end))
    return condition + 1 + max(first + 1, other)
  }

  /// A value that is dropped for another one where a condition does not hold.
  private mutating func writeReplacement(budget: Int, nesting: Int) -> Int {
    let end = scope.newLabel()
    let first = writeValues(2, budget: budget - 3, nesting: nesting)
    emit(.jump(.brIf, label: end))
    emit(.drop)
    let other = writeValue(budget: budget - first - 2, nesting: nesting)
    emit(.label(end))
    return first + 2 + other
  }
}

/// Addresses and what is read from them.
extension ProgramWriter {
  /// Pushes a number below 300: a constant, a byte that was stored, or their sum.
  mutating func writeAddress() -> Int {
    let form = random.number(in: 0...3)
    if form < 3 { emit(.const, UInt32(random.number(in: 0...40))) }
    if form < 2 { return 1 }
    emit(.const, UInt32(random.number(in: 0...40)))
    emit(.load8Unsigned, randomOffset())
    if form == 3 { return 2 }
    emit(.add)
    return 4
  }

  /// One of the places where the program keeps its data, or a little above.
  mutating func randomOffset() -> UInt32 {
    (random.pick(memoryBases) ?? 0) + UInt32(random.number(in: 0...5))
  }

  private mutating func writeLoad() -> Int {
    let spent = writeAddress()
    emit(random.pick(Self.loads) ?? .load, randomOffset())
    return spent + 1
  }
}
