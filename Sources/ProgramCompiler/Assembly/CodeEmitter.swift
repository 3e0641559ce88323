import InstructionSet

/// Emits a unit's code and follows its operand stack.
///
/// For each operand it knows where its computation began, as long as no control flow came since: an address can then be put
/// under an operand that is already computed, which saves the way through a local variable.
struct CodeEmitter {
  struct Operand {
    /// The index of the first item of the operand's computation, nil when a branch or label came since.
    var start: Int?
    /// The operand's value is not greater, taken as unsigned.
    var bound: UInt32 = .max
    /// Whether the operand is the upper word of a value of 64 bits, whose lower word is below it.
    var isUpperWord = false
  }

  private(set) var block = AssemblyBlock()
  let addresses: AddressSpace
  /// Local variables in use: the unit's own, then scratch ones.
  private(set) var localCount: Int
  private let ownLocalCount: Int
  private(set) var operands: [Operand]

  /// - Parameters:
  ///   - ownLocalCount: the unit's own local variables; scratch ones come behind them.
  ///   - operandCount: how many operands are on the stack already.
  init(addresses: AddressSpace, ownLocalCount: Int, operandCount: Int = 0) {
    self.addresses = addresses
    self.ownLocalCount = ownLocalCount
    localCount = ownLocalCount
    operands = Array(repeating: Operand(start: nil), count: operandCount)
  }

  /// The operand stack's depth within this unit.
  var depth: Int { operands.count }

  mutating func newLabel() -> Label { block.newLabel() }

  /// The scratch local variable number `number`; an operation's scratch variables are free again when it is done.
  mutating func scratch(_ number: Int) -> UInt32 {
    localCount = max(localCount, ownLocalCount + number + 1)
    return UInt32(ownLocalCount + number)
  }

  /// Emits items that pop so many operands, then push so many.
  ///
  /// - Parameter bound: what the first pushed operand is known not to exceed.
  mutating func emit(_ items: AssemblyItem..., popping: Int = 0, pushing: Int = 0, bound: UInt32 = .max) {
    let start = popping > 0 ? operand(popping - 1)?.start : block.items.count
    operands.removeLast(min(popping, operands.count))
    block.append(items)
    for index in 0..<pushing {
      operands.append(index == 0 ? Operand(start: start, bound: bound) : Operand(start: nil))
    }
  }

  /// The operand so many below the top.
  private func operand(_ distance: Int) -> Operand? {
    distance < operands.count ? operands[operands.count - 1 - distance] : nil
  }
}

/// Control flow.
extension CodeEmitter {
  /// Emits labels, branches or code around them: what was computed before is no longer open to insertions.
  mutating func emitControl(_ items: AssemblyItem..., popping: Int = 0) {
    operands.removeLast(min(popping, operands.count))
    block.append(items)
    for index in operands.indices { operands[index].start = nil }
  }

  /// Lets the stack hold `count` operands: after a branch the code goes on with another stack. The lowest `intact` of them
  /// are what they were, all others are words.
  mutating func setDepth(_ count: Int, intact: Int) {
    let kept = operands.prefix(max(0, min(count, intact)))
    setOperands(kept + Array(repeating: Operand(start: nil), count: max(0, count - kept.count)))
  }

  /// Lets the stack hold operands that it held before, whose computation is out of reach now.
  mutating func setOperands(_ newOperands: [Operand]) {
    operands = newOperands
    for index in operands.indices { operands[index].start = nil }
  }

  /// Drops what lies between the stack's lowest `height` and highest `count` operands.
  mutating func dropOperands(below count: Int, downTo height: Int) {
    let excess = depth - count - height
    guard excess > 0 else { return }
    let locals = (0..<count).map { scratch($0) }
    for local in locals.reversed() { emit(.set(local), popping: 1) }
    for _ in 0..<excess { emit(.drop, popping: 1) }
    for local in locals { emit(.get(local), pushing: 1) }
  }

  /// Pops a condition and branches when it is zero.
  mutating func branchIfZero(_ label: Label) {
    if block.items.last == .eqz {
      block.removeLast()
    } else if !invertComparison() {
      emit(.eqz, popping: 1, pushing: 1)
    }
    emitControl(.branchIf(label), popping: 1)
  }

  /// Turns a comparison that was just emitted into its opposite; false when the latest item is none.
  mutating func invertComparison() -> Bool {
    guard case .instruction(let last) = block.items.last, let inverse = last.opcode.inverseComparison else {
      return false
    }
    block.removeLast()
    block.append(.plain(inverse))
    return true
  }
}

/// Operands that are known or named.
extension CodeEmitter {
  /// The instruction that is the top operand's whole computation, if one is.
  private var topInstruction: InstructionSet.Instruction? {
    guard let start = operands.last?.start, start == block.items.count - 1,
      case .instruction(let instruction) = block.items[start]
    else { return nil }
    return instruction
  }

  /// The top operand's value where it is a constant.
  var topConstant: UInt32? {
    topInstruction.flatMap { $0.opcode == .const ? $0.immediate : nil }
  }

  /// What an operand, so many below the top, is known not to exceed.
  func bound(_ distance: Int) -> UInt32 { operand(distance)?.bound ?? .max }

  /// Says what the top operand does not exceed.
  mutating func boundTop(by bound: UInt32) {
    if let top = operands.indices.last { operands[top].bound = min(operands[top].bound, bound) }
  }

  /// The local variable that the top operand is a copy of, where it is one.
  var topLocal: UInt32? {
    topInstruction.flatMap { $0.opcode == .localGet ? $0.immediate : nil }
  }

  /// Whether the operand so many below the top is the upper word of a value of 64 bits.
  func isDoubleWord(below distance: Int) -> Bool { operand(distance)?.isUpperWord ?? false }

  /// Makes one value of 64 bits of the top operand and the one below.
  mutating func joinTopTwo() {
    if let top = operands.indices.last { operands[top].isUpperWord = true }
  }

  /// Takes back the top value of 64 bits if it is this constant; false when it is not.
  mutating func removeDoubleWordConstant(_ value: UInt32) -> Bool {
    guard topConstant == 0 else { return false }
    removeTop()
    guard topConstant == value else { return false }
    removeTop()
    return true
  }

  /// Takes back the single instruction that pushed the top operand.
  mutating func removeTop() {
    block.removeLast()
    operands.removeLast()
  }

  /// Pops the top operand into a variable that can be read more than once: its own, or else the scratch variable.
  mutating func popToLocal(scratch number: Int) -> UInt32 {
    if let local = topLocal {
      removeTop()
      return local
    }
    let local = scratch(number)
    emit(.set(local), popping: 1)
    return local
  }

  /// Pops the top operand; returns an instruction that pushes it again, any number of times: its own when that is a constant
  /// or a variable of the unit, else one that reads the scratch variable, and no other.
  mutating func popToOperand(scratch number: Int) -> AssemblyItem {
    if let instruction = topInstruction {
      let isOwnLocal = instruction.opcode == .localGet && instruction.immediate < ownLocalCount
      if instruction.opcode == .const || isOwnLocal {
        removeTop()
        return .instruction(instruction)
      }
    }
    let local = scratch(number)
    emit(.set(local), popping: 1)
    return .get(local)
  }

  /// Pops the top operand and stores it at a fixed address.
  mutating func storeTop(at address: UInt32, _ store: AssemblyItem = .store) {
    pushUnderTop(.const(address))
    emit(store, popping: 2)
  }

  /// Replaces the top operand by its negation.
  mutating func negateTop() {
    pushUnderTop(.const(0))
    emit(.sub, popping: 2, pushing: 1)
  }

  /// Replaces the top operand by its complement, −1 − x.
  mutating func complementTop() {
    pushUnderTop(.const(~0))
    emit(.sub, popping: 2, pushing: 1)
  }

  /// Puts a constant under the top operand: in front of its computation where that is possible.
  mutating func pushUnderTop(_ constant: AssemblyItem) {
    if let start = operands.last?.start {
      block.insert(constant, at: start)
      operands[operands.count - 1].start = start + 1
      operands.insert(Operand(start: start), at: operands.count - 1)
    } else {
      let local = scratch(0)
      emit(.set(local), popping: 1)
      emit(constant, pushing: 1)
      emit(.get(local), pushing: 1)
    }
  }
}

extension Opcode {
  /// The comparison that holds exactly when this one does not.
  fileprivate var inverseComparison: Opcode? {
    switch self {
    case .eq: .ne
    case .ne: .eq
    case .ltSigned: .geSigned
    case .geSigned: .ltSigned
    case .gtSigned: .leSigned
    case .leSigned: .gtSigned
    case .ltUnsigned: .geUnsigned
    case .geUnsigned: .ltUnsigned
    case .gtUnsigned: .leUnsigned
    case .leUnsigned: .gtUnsigned
    default: nil
    }
  }
}
