import ProgramGenerator
import WebAssembly

// Code that leaves the stack as it was.
extension FunctionWriter {
  mutating func statements(depth: Int) {
    for _ in 0..<random.number(in: 0...3) { statement(depth: depth) }
  }

  private mutating func statement(depth: Int) {
    guard depth > 0, hasRoom else { return }
    switch random.number(in: 0...99) {
    case 0..<20: setLocal(depth: depth)
    case 20..<32: setGlobal(depth: depth)
    case 32..<50: store(depth: depth)
    case 50..<53: copyOrFill(depth: depth)
    case 53..<58: dropped(depth: depth)
    case 58..<68: conditionalStatement(depth: depth - 1)
    case 68..<76: plainBlock(depth: depth - 1)
    case 76..<80: countedLoop(depth: depth - 1)
    case 80..<87: branchIf(depth: depth)
    case 87..<96: callStatement(depth: depth)
    case 96..<97: emit(.nop)
    default: leavingArm(depth: depth - 1)
    }
  }

  private mutating func setLocal(depth: Int) {
    let type = random.type()
    value(type, depth: depth)
    emit(.localSet(local(type)))
  }

  private mutating func setGlobal(depth: Int) {
    let type = random.type()
    guard let global = global(type, mutable: true) else { return setLocal(depth: depth) }
    value(type, depth: depth)
    emit(.globalSet(global))
  }

  private mutating func dropped(depth: Int) {
    value(random.type(), depth: depth)
    emit(.drop)
  }

  /// Takes values off the stack, the topmost first.
  mutating func consume(_ types: some Collection<ValueType>) {
    for type in types.reversed() { emit(random.isOnce(in: 3) ? .drop : .localSet(local(type))) }
  }

  private mutating func conditionalStatement(depth: Int) {
    condition(depth: depth)
    open(.if(.empty), label: [])
    statements(depth: depth)
    finish(with: [], depth: depth)
    if random.isOnce(in: 2) {
      emit(.else)
      statements(depth: depth)
      finish(with: [], depth: depth)
    }
    close()
  }

  private mutating func plainBlock(depth: Int) {
    open(.block(.empty), label: [])
    statements(depth: depth)
    finish(with: [], depth: depth)
    close()
  }

  /// A loop that goes on while there is fuel and a condition holds.
  private mutating func countedLoop(depth: Int) {
    open(.loop(.empty), label: [])
    takeFuel()
    statements(depth: depth)
    condition(depth: depth)
    emit(.brIf(0))
    close()
  }

  private mutating func branchIf(depth: Int) {
    let label = random.number(in: 0...labels.count - 1)
    let types = labels[labels.count - 1 - label]
    values(types, depth: depth)
    condition(depth: depth)
    emit(.brIf(LabelIndex(label)))
    consume(types)
  }

  /// A condition under which the function, or constructs of it, are left.
  private mutating func leavingArm(depth: Int) {
    condition(depth: depth)
    open(.if(.empty), label: [])
    leave(depth: depth)
    close()
  }

  mutating func open(_ operation: Operation, label types: [ValueType]) {
    emit(operation)
    labels.append(types)
  }

  mutating func close() {
    labels.removeLast()
    emit(.end)
  }
}
