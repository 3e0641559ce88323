import WebAssembly

/// Structured control flow, flattened to labels and branches.
extension FunctionCompiler {
  /// Opens a frame whose parameters are on the stack.
  mutating func pushFrame(_ kind: ControlFrame.Kind, type: FunctionType, alternative: Label? = nil) {
    frames.append(
      ControlFrame(
        kind: kind, target: emitter.newLabel(), alternative: alternative,
        height: emitter.depth - type.parameters.count, type: type, boundsAtStart: bounds))
  }

  /// Compiles `block`, `loop`, `if`, `else` and `end`.
  mutating func compileStructure(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    switch instruction.operation {
    case .block, .loop, .if:
      if isUnreachable { unreachableDepth += 1 } else { try open(instruction) }
    case .else where unreachableDepth == 0: try compileElse(instruction)
    case .end where unreachableDepth == 0: try compileEnd(instruction)
    case .end: unreachableDepth -= 1
    default: break
    }
  }

  private mutating func open(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    switch instruction.operation {
    case .loop(let blockType):
      let type = try functionType(of: blockType, instruction)
      try require(type.parameters.count, instruction)
      let loop = loops.enterLoop(bounds)
      bounds = loop.bounds
      pushFrame(.loop(number: loop.number), type: type)
      if let target = frames.last?.target { emitter.emitControl(.label(target)) }
    case .if(let blockType):
      let type = try functionType(of: blockType, instruction)
      try require(type.parameters.count + 1, instruction)
      let alternative = emitter.newLabel()
      emitter.branchIfZero(alternative)
      pushFrame(.if, type: type, alternative: alternative)
    case .block(let blockType):
      let type = try functionType(of: blockType, instruction)
      try require(type.parameters.count, instruction)
      pushFrame(.block, type: type)
      emitter.emitControl()
    default: break
    }
  }

  private func functionType(
    of blockType: BlockType, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) -> FunctionType {
    switch blockType {
    case .empty: return FunctionType(parameters: [], results: [])
    case .result(let type):
      try module.requireInteger(type, offset: instruction.offset)
      return FunctionType(parameters: [], results: [type])
    case .type(let index): return try module.integerType(index, offset: instruction.offset)
    }
  }

  private mutating func compileElse(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    guard var frame = frames.popLast(), let alternative = frame.alternative else {
      throw error(.invalid(expected: "else inside an if"), instruction)
    }
    if !isUnreachable {
      try requireResults(of: frame, instruction)
      emitter.emitControl(.branch(frame.target))
      frame.boundsAtEnd = bounds.joined(with: frame.boundsAtEnd)
    }
    frame.alternative = nil
    frames.append(frame)
    emitter.emitControl(.label(alternative))
    resume(frame.boundsAtStart, depth: frame.height + frame.type.parameters.count, intact: frame.height)
  }

  private mutating func compileEnd(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    guard let frame = frames.last else { return }
    if !isUnreachable { try requireResults(of: frame, instruction) }
    frames.removeLast()
    let depth = frame.height + frame.type.results.count
    if let alternative = frame.alternative {
      guard frame.type.parameters.count == frame.type.results.count else {
        throw error(.invalid(expected: "an else, as the if changes the number of operands"), instruction)
      }
      emitter.emitControl(.label(alternative))
      resume(
        frame.boundsAtStart.joined(with: isUnreachable ? nil : bounds), depth: depth, intact: frame.height)
    }
    if case .loop = frame.kind {} else { emitter.emitControl(.label(frame.target)) }
    if let boundsAtEnd = frame.boundsAtEnd {
      resume(boundsAtEnd.joined(with: isUnreachable ? nil : bounds), depth: depth, intact: frame.height)
    }
    emitter.setDepth(depth, intact: frame.height)
    if frame.kind == .function, !isUnreachable { emitter.emitControl(.return) }
  }

  /// Goes on where branches meet.
  private mutating func resume(_ bounds: LocalBounds, depth: Int, intact: Int) {
    self.bounds = bounds
    emitter.setDepth(depth, intact: intact)
    isUnreachable = false
  }

  /// Throws unless the frame's results are all that is on the stack above its height.
  private func requireResults(
    of frame: ControlFrame, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let count = emitter.depth - frame.height
    if count != frame.type.results.count {
      throw error(
        .invalid(expected: "\(frame.type.results.count) operands at \(instruction.name), not \(count)"), instruction)
    }
    try require(count, instruction)
  }
}
