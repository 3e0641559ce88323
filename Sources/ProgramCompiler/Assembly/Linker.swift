import InstructionSet

/// Lays code units out one behind the other and turns their symbolic jumps into offsets.
struct Linker {
  private var instructions: [InstructionSet.Instruction] = []
  private var starts: [CodeUnit: Int] = [:]
  /// Calls whose unit may stand further on.
  private var calls: [(index: Int, unit: CodeUnit)] = []

  /// Appends code, as that of `unit` where calls are to find it.
  mutating func append(_ block: AssemblyBlock, as unit: CodeUnit? = nil) {
    if let unit { starts[unit] = instructions.count }
    append(block, isEntry: false)
  }

  /// Appends the code that the program ends in: its return is `halt`.
  mutating func appendEntry(_ block: AssemblyBlock) {
    append(block, isEntry: true)
  }

  private mutating func append(_ block: AssemblyBlock, isEntry: Bool) {
    let items = block.tightened.items
    let start = instructions.count
    var places: [Label: Int] = [:]
    var next = start
    for item in items {
      if case .label(let label) = item { places[label] = next } else { next += 1 }
    }
    for item in items {
      let index = instructions.count
      switch item {
      case .instruction(let instruction): emit(instruction.opcode, instruction.immediate)
      case .label: break
      case .branch(let label): emit(.br, offset(from: index, to: places[label]))
      case .branchIf(let label): emit(.brIf, offset(from: index, to: places[label]))
      case .call(let unit):
        calls.append((index, unit))
        emit(.call, 0)
      case .return:
        if isEntry { emit(.halt, 0) } else { emit(.return, ~UInt32(truncatingIfNeeded: index - start)) }
      }
    }
  }

  /// The whole table, every call with its offset.
  func linked() -> [InstructionSet.Instruction] {
    var result = instructions
    for call in calls {
      result[call.index] = InstructionSet.Instruction(.call, offset(from: call.index, to: starts[call.unit]))
    }
    return result
  }

  private mutating func emit(_ opcode: Opcode, _ immediate: UInt32) {
    instructions.append(InstructionSet.Instruction(opcode, immediate))
  }

  /// The distance of `target` from the instruction after `index`.
  private func offset(from index: Int, to target: Int?) -> UInt32 {
    guard let target else {
      assertionFailure("a jump to a place that was never emitted")
      return 0
    }
    return UInt32(truncatingIfNeeded: target - (index + 1))
  }
}
