import InstructionSet
import WebAssembly

/// Operators on numbers.
extension FunctionCompiler {
  mutating func compileNumeric(
    _ operation: NumericOperator, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    guard let operandCount = operation.integerOperandCount else {
      throw error(.unsupported(operation.rawValue), instruction)
    }
    try require(operandCount, instruction)
    if operation == .i32Eqz, emitter.invertComparison() { return }
    if let opcode = Opcode(rawValue: operation.rawValue) {
      let isArithmetic = operation == .i32Add || operation == .i32Sub
      emitter.emit(.plain(opcode), popping: operandCount, pushing: 1, bound: isArithmetic ? .max : 1)
    } else {
      emitter.lower(operation)
    }
  }
}

extension NumericOperator {
  /// How many operands an operator on i32 has; nil for all others.
  fileprivate var integerOperandCount: Int? {
    switch self {
    case .i32Eqz, .i32Clz, .i32Ctz, .i32Popcnt, .i32Extend8S, .i32Extend16S: 1
    case .i32Eq, .i32Ne, .i32LtS, .i32LtU, .i32GtS, .i32GtU, .i32LeS, .i32LeU, .i32GeS, .i32GeU: 2
    case .i32Add, .i32Sub, .i32Mul, .i32DivS, .i32DivU, .i32RemS, .i32RemU: 2
    case .i32And, .i32Or, .i32Xor, .i32Shl, .i32ShrS, .i32ShrU, .i32Rotl, .i32Rotr: 2
    default: nil
    }
  }
}
