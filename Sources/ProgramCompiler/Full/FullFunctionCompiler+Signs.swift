import InstructionSet
import WebAssembly

/// Operators of floats that change a sign, or follow from another operator by that; and the one that is another one inverted.
extension FullFunctionCompiler {
  mutating func compileSigns(
    _ operation: NumericOperator, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    switch operation {
    case .f32Abs: try emit(.and, 0x7fff_ffff, instruction)
    case .f32Neg: try emit(.xor, 0x8000_0000, instruction)
    case .f32Copysign: try emitCopysign(.xor, .and, 0x8000_0000, instruction)
    case .f32Sub:
      try emit(.xor, 0x8000_0000, instruction)
      try emitCall(code.arithmetic.routine(NumericOperator.f32Add.routineName), instruction)
    case .f64Abs: try emit(.wideAnd, 0x7fff_ffff_ffff_ffff, instruction)
    case .f64Neg: try emit(.wideXor, 0x8000_0000_0000_0000, instruction)
    case .f64Copysign: try emitCopysign(.wideXor, .wideAnd, 0x8000_0000_0000_0000, instruction)
    case .f64Sub:
      try emit(.wideXor, 0x8000_0000_0000_0000, instruction)
      try emitCall(code.arithmetic.routine(NumericOperator.f64Add.routineName), instruction)
    default:
      let equal = operation == .f32Ne ? NumericOperator.f32Eq : .f64Eq
      try emitCall(code.arithmetic.routine(equal.routineName), instruction)
      pushConstant(0)
      try emit(.eq, instruction)
    }
  }

  /// An operation on the top and a constant.
  private mutating func emit(
    _ opcode: FullOpcode, _ constant: UInt64, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    switch opcode.description.operandWidth {
    case .word: pushConstant(UInt32(truncatingIfNeeded: constant))
    case .wide: pushWideConstant(constant)
    }
    try emit(opcode, instruction)
  }

  /// The first operand with the bits of a mask from the second: a xor ((a xor b) and mask).
  private mutating func emitCopysign(
    _ xor: FullOpcode, _ and: FullOpcode, _ mask: UInt64, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    makeSources(2)
    let width = xor.description.operandWidth
    push(width, references: [.instruction(code.assembler.emitReference(.localGet, UInt32(bitPattern: -1)))])
    try emit(xor, instruction)
    try emit(and, mask, instruction)
    try emit(xor, instruction)
  }
}
