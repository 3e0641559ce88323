import WebAssembly

extension FunctionCompiler {
  /// The body without what only changes the upper bytes of an operand that is printed: C extends characters to int, and the
  /// output takes the low byte.
  func withoutIdleMasks(_ body: [WebAssembly.Instruction]) -> [WebAssembly.Instruction] {
    var result: [WebAssembly.Instruction] = []
    for instruction in body {
      if case .call(let callee) = instruction.operation, callee < module.importedFunctionTypes.count {
        result.removeLast(idleMaskLength(atEndOf: result))
      }
      result.append(instruction)
    }
    return result
  }

  /// How many of the latest instructions keep an operand's low byte as it is and do nothing else.
  private func idleMaskLength(atEndOf body: [WebAssembly.Instruction]) -> Int {
    switch body.last?.operation {
    case .numeric(.i32Extend8S), .numeric(.i32Extend16S): return 1
    case .numeric(.i32And):
      if case .i32Const(let mask)? = body.dropLast().last?.operation, mask & 0xff == 0xff { return 2 }
      return 0
    default: return 0
    }
  }
}
