import WebAssembly

// Operands as such, locals and globals.
extension FunctionValidator {
  mutating func checkVariable(_ operation: Operation) throws(ValidationError) {
    switch operation {
    case .drop: _ = try pop()
    case .select: try checkSelect()
    case .localGet(let index): try push(localType(index))
    case .localSet(let index): try pop(localType(index))
    case .localTee(let index):
      let type = try localType(index)
      try pop(type)
      push(type)
    case .globalGet(let index): try push(spaces.global(index, at: place).value)
    case .globalSet(let index):
      let global = try spaces.global(index, at: place)
      guard global.isMutable else {
        throw error(.immutableGlobal, expected: "a mutable global instead of global \(index)")
      }
      try pop(global.value)
    default: break
    }
  }

  /// Both values of `select` must be of one type, the known one if code is unreachable.
  private mutating func checkSelect() throws(ValidationError) {
    try pop(.i32)
    guard let second = try pop() else { return push(try pop()) }
    try pop(second)
    push(second)
  }

  private func localType(_ index: LocalIndex) throws(ValidationError) -> ValueType {
    guard let type = locals[index] else {
      throw error(.unknownLocal, index: index, expected: "one of \(locals.count) parameters and locals")
    }
    return type
  }
}
