import InstructionSet
import WebAssembly

/// Arithmetic: one instruction each, but for what the machine has under another form.
extension FullFunctionCompiler {
  mutating func compileNumeric(
    _ operation: NumericOperator, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    switch operation {
    case .i32Eqz:
      pushConstant(0)
      try emit(.eq, instruction)
    case .i64Eqz:
      pushWideConstant(0)
      try emit(.wideEq, instruction)
    case .i32Shl: try emitShift(.shiftLeft, .word, instruction)
    case .i32ShrU: try emitShift(.shiftRightUnsigned, .word, instruction)
    case .i32ShrS: try emitShift(.shiftRightSigned, .word, instruction)
    case .i32Rotl, .i32Rotr: try emitRotation(.rotateLeft, .word, isRight: operation == .i32Rotr, instruction)
    case .i64Shl: try emitShift(.wideShiftLeft, .wide, instruction)
    case .i64ShrU: try emitShift(.wideShiftRightUnsigned, .wide, instruction)
    case .i64ShrS: try emitShift(.wideShiftRightSigned, .wide, instruction)
    case .i64Rotl, .i64Rotr: try emitRotation(.wideRotateLeft, .wide, isRight: operation == .i64Rotr, instruction)
    case .i32WrapI64: try emitWrap(instruction)
    case .i64Clz: try emitWideCount(.wideLeadingZeros, instruction)
    case .i64Ctz: try emitWideCount(.wideTrailingZeros, instruction)
    case .i64Popcnt: try emitWideCount(.wideOnes, instruction)
    case .f32Abs, .f32Neg, .f32Copysign, .f32Sub, .f32Ne, .f64Abs, .f64Neg, .f64Copysign, .f64Sub, .f64Ne:
      try compileSigns(operation, instruction)
    case .i32ReinterpretF32, .f32ReinterpretI32, .i64ReinterpretF64, .f64ReinterpretI64: break
    case .i32RemU: try emitRemainder(instruction)
    case _ where operation.isRoutine: try emitCall(code.arithmetic.routine(operation.routineName), instruction)
    default:
      guard let opcode = FullOpcode(rawValue: operation.rawValue) else {
        throw error(.unsupported(instruction.name, by: .full), instruction)
      }
      try emit(opcode, instruction)
    }
  }

  mutating func emit(
    _ opcode: FullOpcode, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    try pop(opcode.description.operandCount, instruction)
    code.emit(opcode)
    if case .last(.push(.wide, _)) = opcode.description.ending { push(.wide) } else { push(.word) }
  }

  /// The dividend less quotient times divisor. A routine, by which other routines could not be compiled, would not be shorter.
  private mutating func emitRemainder(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    if let divisor = takeConstant(.word) { return try emitRemainder(by: divisor, instruction) }
    makeSources(2)
    try pop(2, instruction)
    let (dividend, divisor) = (UInt32(bitPattern: -1), UInt32(bitPattern: -2))
    _ = code.assembler.emitReference(.localGet, dividend)
    _ = code.assembler.emitReference(.localGet, divisor)
    _ = code.assembler.emitReference(.localGet, divisor)
    code.emit(.divide)
    _ = code.assembler.emitReference(.localGet, divisor)
    code.emit(.multiply)
    code.emit(.sub)
    code.emit(.localSet, dividend)
    code.emit(.pop, 1)
    push(.word)
  }

  /// The same by a constant, which need not be kept on the stack.
  private mutating func emitRemainder(
    by divisor: UInt32, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    _ = try pop(instruction)
    if !code.assembler.repeatReference() {
      makeSources(1)
      _ = code.assembler.emitReference(.localGet, 0)
    }
    code.emit(.const, divisor)
    code.emit(.divide)
    code.emit(.const, divisor)
    code.emit(.multiply)
    code.emit(.sub)
    _ = try pop(instruction)
    push(.word)
  }

  private mutating func emitWideCount(
    _ opcode: FullOpcode, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    try emit(opcode, instruction)
    try emit(.extendUnsigned, instruction)
  }

  /// The lower half of the top. What was extended just before is taken as it was.
  private mutating func emitWrap(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    guard removeExtension() else { return try emit(.wrap, instruction) }
    _ = try pop(instruction)
    push(.word)
  }

  /// Removes an extension to eight bytes, if the last instruction is one.
  private mutating func removeExtension() -> Bool {
    code.assembler.removeLast(.extendUnsigned) || code.assembler.removeLast(.extendSigned)
  }

  /// A shift by the top modulo the width; to the right, the machine takes the width less that.
  private mutating func emitShift(
    _ opcode: FullOpcode, _ width: FullToken.ValueWidth, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let bits = UInt32(8 * width.rawValue)
    let isRight = opcode.shiftsRight
    if let distance = takeConstant(width) {
      code.emit(.const, isRight ? bits - distance % bits : distance % bits)
    } else {
      emitDistance(bits)
      if isRight { emitDifference(from: bits) }
    }
    try emit(opcode, instruction)
  }

  private mutating func emitRotation(
    _ opcode: FullOpcode, _ width: FullToken.ValueWidth, isRight: Bool, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let bits = UInt32(8 * width.rawValue)
    if let distance = takeConstant(width) {
      code.emit(.const, (isRight ? bits - distance % bits : distance) % bits)
    } else {
      emitDistance(bits)
      if isRight {
        emitDifference(from: bits)
        emitLowBits(bits)
      }
    }
    try emit(opcode, instruction)
  }

  /// The top modulo the width. Of its bytes only the lowest counts, so that it need not have been extended.
  private mutating func emitDistance(_ bits: UInt32) {
    _ = removeExtension()
    emitLowBits(bits)
  }

  /// The top modulo a power of two.
  private mutating func emitLowBits(_ power: UInt32) {
    code.emit(.const, power - 1)
    code.emit(.andByte)
  }

  private mutating func emitDifference(from bits: UInt32) {
    code.emit(.const, bits)
    code.emit(.subFromByte)
  }

  /// The constant at the top, which is removed from the code but not from the operands.
  private mutating func takeConstant(_ width: FullToken.ValueWidth) -> UInt32? {
    guard width == .wide else { return code.assembler.takeConstant() }
    return code.assembler.takeWideConstant().map { UInt32(truncatingIfNeeded: code.wideConstants.values[Int($0)]) }
  }
}

extension FullOpcode {
  fileprivate var shiftsRight: Bool {
    switch description.operation {
    case .shift(.rightUnsigned), .shift(.rightSigned): true
    default: false
    }
  }
}
