import WebAssembly

/// Branches and calls.
extension FunctionCompiler {
  /// Compiles `br`, `br_if`, `br_table`, `return` and `unreachable`.
  mutating func compileBranch(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    switch instruction.operation {
    case .br(let label):
      let index = try frameIndex(label, instruction)
      try emitBranch(toFrame: index, instruction)
      isUnreachable = true
    case .brIf(let label): try compileConditionalBranch(label, instruction)
    case .brTable(let table):
      try compileBranchTable(table, instruction)
      isUnreachable = true
    case .return:
      try emitBranch(toFrame: 0, instruction)
      isUnreachable = true
    default:
      emitter.emitControl(.halt)
      isUnreachable = true
    }
  }

  private func frameIndex(
    _ label: LabelIndex, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) -> Int {
    guard label < frames.count else {
      throw error(.invalid(expected: "a label below \(frames.count), not \(label)"), instruction)
    }
    return frames.count - 1 - Int(label)
  }

  /// Leaves for a frame's target, with its operands moved down to where it expects them.
  private mutating func emitBranch(
    toFrame index: Int, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let frame = frames[index]
    try require(frame.branchArity, instruction)
    let operands = emitter.operands
    emitter.dropOperands(below: frame.branchArity, downTo: frame.height)
    if frame.kind == .function {
      emitter.emitControl(.return)
    } else {
      emitter.emitControl(.branch(frame.target))
      noteBranch(toFrame: index)
    }
    emitter.setOperands(operands)
  }

  /// Hands on what is known of the local variables to where a branch leads.
  private mutating func noteBranch(toFrame index: Int) {
    if case .loop(let number) = frames[index].kind {
      loops.repeatLoop(number, bounds)
    } else {
      frames[index].boundsAtEnd = bounds.joined(with: frames[index].boundsAtEnd)
    }
  }

  private mutating func compileConditionalBranch(
    _ label: LabelIndex, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let index = try frameIndex(label, instruction)
    try require(1 + frames[index].branchArity, instruction)
    if emitter.depth - 1 == frames[index].height + frames[index].branchArity {
      emitter.emitControl(.branchIf(frames[index].target), popping: 1)
      noteBranch(toFrame: index)
    } else {
      let goOn = emitter.newLabel()
      emitter.branchIfZero(goOn)
      try emitBranch(toFrame: index, instruction)
      emitter.emitControl(.label(goOn))
    }
  }

  private mutating func compileBranchTable(
    _ table: BranchTable, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    try require(1, instruction)
    let targets = try (table.labels + [table.defaultLabel]).map { label throws(ProgramCompilerError) in
      try frameIndex(label, instruction)
    }
    let operand = emitter.popToLocal(scratch: 0)
    try emitSwitch(on: operand, Self.ranges(of: targets)) { compiler, target throws(ProgramCompilerError) in
      try compiler.emitBranch(toFrame: target, instruction)
      try compiler.checkCount(instruction)
    }
  }

  /// Where each run of equal elements begins; the last one goes on for ever.
  static func ranges<Element: Equatable>(of elements: [Element]) -> [(start: UInt32, element: Element)] {
    elements.indices.compactMap { index in
      index > 0 && elements[index] == elements[index - 1] ? nil : (UInt32(index), elements[index])
    }
  }

  /// Emits a binary search for the range that a variable's value lies in, with code for each range that does not come back.
  mutating func emitSwitch<Element>(
    on local: UInt32, _ ranges: [(start: UInt32, element: Element)],
    _ body: (inout FunctionCompiler, Element) throws(ProgramCompilerError) -> Void
  ) throws(ProgramCompilerError) {
    guard ranges.count > 1 else {
      if let range = ranges.first { try body(&self, range.element) }
      return
    }
    let middle = ranges.count / 2
    let isBelow = emitter.newLabel()
    emitter.emit(.get(local), .const(ranges[middle].start), .ltU, pushing: 1)
    emitter.emitControl(.branchIf(isBelow), popping: 1)
    try emitSwitch(on: local, Array(ranges[middle...]), body)
    emitter.emitControl(.label(isBelow))
    try emitSwitch(on: local, Array(ranges[..<middle]), body)
  }
}
