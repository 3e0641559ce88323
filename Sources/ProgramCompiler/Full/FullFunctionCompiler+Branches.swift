import InstructionSet
import WebAssembly

/// Branches and returns.
extension FullFunctionCompiler {
  /// Compiles `br`, `br_if`, `br_table`, `return` and `unreachable`.
  mutating func compileBranch(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    switch instruction.operation {
    case .br(let label): try emitBranch(try frameIndex(label, instruction))
    case .brIf(let label):
      try compileConditionalBranch(try frameIndex(label, instruction), instruction)
      return
    case .brTable(let table): try compileBranchTable(table, instruction)
    case .return: emitReturn()
    default: code.emit(.trap, UInt32(Trap.unreachable.rawValue))
    }
    isUnreachable = true
  }

  private func frameIndex(
    _ label: LabelIndex, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) -> Int {
    guard label < frames.count else {
      throw error(.invalid(expected: "a label below \(frames.count), not \(label)"), instruction)
    }
    return frames.count - 1 - Int(label)
  }

  /// Whether a branch finds the operands that it takes along where its target expects them.
  private func needsNoMove(to frame: FullControlFrame) -> Bool {
    frame.kind != .function && operands.count == frame.height + frame.branchArity
  }

  private mutating func emitBranch(_ index: Int) throws(ProgramCompilerError) {
    let frame = frames[index]
    if frame.kind == .function { return emitReturn() }
    if frame.kind == .loop { makeSources(frame.branchArity) }
    if needsNoMove(to: frame) {
      frames[index].join(operands.suffix(frame.branchArity))
    } else {
      let kept = operands
      moveDown(frame.branchArity, to: frame.height)
      operands = kept
    }
    code.emit(.br, frame.target)
  }

  private mutating func compileConditionalBranch(
    _ index: Int, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let frame = frames[index]
    let isShort = frame.kind != .function && operands.count - 1 == frame.height + frame.branchArity
    guard isShort else {
      let stay = code.newLabel()
      try emitConditionalJump(stay, ifZero: true, instruction)
      try emitBranch(index)
      code.place(stay)
      return
    }
    try emitConditionalJump(frame.target, ifZero: false, instruction)
    if frame.kind == .loop { makeSources(frame.branchArity) }
    frames[index].join(operands.suffix(frame.branchArity))
  }

  private mutating func compileBranchTable(
    _ table: BranchTable, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    _ = try pop(instruction)
    let targets = table.labels + [table.defaultLabel]
    code.emit(.brTable, UInt32(table.labels.count) << 16)
    var ways: [(index: Int, label: FullLabel)] = []
    for target in targets {
      let index = try frameIndex(target, instruction)
      let known = ways.first { $0.index == index }?.label
      let label = known ?? code.newLabel()
      if known == nil { ways.append((index, label)) }
      code.emit(.label, label)
    }
    for way in ways {
      code.place(way.label)
      try emitBranch(way.index)
    }
  }

  /// Moves the topmost operands down to where so many lie below them; they are sources there.
  mutating func moveDown(_ count: Int, to place: Int) {
    let surplus = operands.count - count - place
    guard surplus < count else {
      for index in stride(from: count - 1, through: 0, by: -1) {
        let width = operands.removeLast().width
        code.emit(width.setOpcode, UInt32(bitPattern: Int32(place + index + 1 - operands.count)))
      }
      return code.emitPops(surplus - count)
    }
    // Where they overlap, the lowest must go first: from above it is reached by a reference.
    makeSources(count)
    for index in 0..<count {
      let distance = UInt32(bitPattern: Int32(place + index + 1 - operands.count))
      _ = code.assembler.emitReference(.localGet, distance &+ UInt32(surplus))
      code.emit(operands[place + surplus + index].width.setOpcode, distance)
    }
    code.emitPops(surplus)
  }

  /// Moves the results to the arguments' slots, drops everything above the return address, and jumps to it.
  mutating func emitReturn() {
    let kept = operands
    for (index, result) in type.results.enumerated().reversed() {
      operands.removeLast()
      code.emit(result.width.setOpcode, UInt32(bitPattern: Int32(index + 1 - height)))
    }
    code.emitPops(height - type.argumentSlots - 1)
    code.emit(.jump)
    operands = kept
  }
}
