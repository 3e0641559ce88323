import InstructionSet
import WebAssembly

/// Structured control flow, flattened to labels and jumps.
extension FullFunctionCompiler {
  /// Opens a frame whose parameters are on the stack.
  mutating func pushFrame(
    _ kind: FullControlFrame.Kind, _ type: FunctionType, alternative: FullLabel? = nil
  ) throws(ProgramCompilerError) {
    let height = operands.count - type.parameters.count
    guard height >= frames.last?.floor ?? 0 else {
      throw ProgramCompilerError(.invalid(expected: "a block's parameters"))
    }
    frames.append(
      FullControlFrame(
        kind: kind, target: code.newLabel(), alternative: alternative, height: height, type: type,
        parameters: Array(operands.suffix(type.parameters.count)), begin: kind == .function ? nil : position,
        homes: homes, outerKeptCount: frames.last?.totalKeptCount ?? 0,
        references: Array(repeating: [], count: type.results.count)))
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
      let type = try module.functionType(blockType, offset: instruction.offset)
      // Branches back, of which nothing is known yet, must find them as they are here.
      makeSources(type.parameters.count)
      try pushFrame(.loop, type)
      if let frame = frames.last { code.place(frame.target) }
    case .if(let blockType):
      let type = try module.functionType(blockType, offset: instruction.offset)
      let alternative = code.newLabel()
      try emitConditionalJump(alternative, ifZero: true, instruction)
      try pushFrame(.if, type, alternative: alternative)
    case .block(let blockType):
      try pushFrame(.block, try module.functionType(blockType, offset: instruction.offset))
    default: break
    }
  }

  /// Pops a condition and jumps on it. A comparison with zero just before is made part of it.
  mutating func emitConditionalJump(
    _ label: FullLabel, ifZero: Bool, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    _ = try pop(instruction)
    var isInverted = ifZero
    if lastWasZeroTest, code.assembler.removeLast(.eq), code.assembler.removeLast(.const) { isInverted.toggle() }
    code.emit(isInverted ? .brUnless : .brIf, label)
  }

  private mutating func compileElse(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    guard var frame = frames.popLast(), let alternative = frame.alternative else {
      throw error(.invalid(expected: "else inside an if"), instruction)
    }
    if !isUnreachable {
      leave(&frame)
      code.emit(.br, frame.target)
    }
    frame.alternative = nil
    frame.keptCount = 0
    code.place(alternative)
    resume(at: frame, with: frame.parameters)
    frames.append(frame)
  }

  private mutating func compileEnd(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    guard var frame = frames.last else { return }
    if frame.kind == .function { return endFunction(frame) }
    if !isUnreachable { leave(&frame) }
    frames.removeLast()
    if let alternative = frame.alternative {
      frame.join(frame.parameters)
      code.place(alternative)
    }
    if frame.kind != .loop { code.place(frame.target) }
    let results = zip(frame.type.results, frame.references).map { type, references in
      Operand(width: type.width, references: meetings.meeting(of: references))
    }
    resume(at: frame, with: results)
  }

  /// Leaves the results where they are expected behind the frame.
  private mutating func leave(_ frame: inout FullControlFrame) {
    let count = frame.type.results.count
    if operands.count == frame.height + count {
      frame.join(operands.suffix(count))
    } else {
      moveDown(count, to: frame.height)
    }
  }

  private mutating func endFunction(_ frame: FullControlFrame) {
    if !isUnreachable { emitReturn() }
    frames.removeLast()
    isUnreachable = true
  }

  /// Goes on where branches meet.
  private mutating func resume(at frame: FullControlFrame, with values: [Operand]) {
    operands.removeLast(max(0, operands.count - frame.height))
    operands += values
    homes = frame.homes
    isUnreachable = false
  }
}
