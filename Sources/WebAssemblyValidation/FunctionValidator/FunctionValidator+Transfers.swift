package import WebAssembly

// Branches, returns and calls.
extension FunctionValidator {
  mutating func checkTransfer(_ operation: Operation) throws(ValidationError) {
    switch operation {
    case .br(let label):
      try pop(labelTypes(label))
      setUnreachable()
    case .brIf(let label):
      let types = try labelTypes(label)
      try pop(.i32)
      try pop(types)
      push(types)
    case .brTable(let table): try checkBranchTable(table)
    case .return:
      try pop(frames[0].labelTypes)
      setUnreachable()
    case .call(let function): try checkCall(of: spaces.function(function, at: place))
    case .callIndirect(let type):
      try spaces.requireTable(at: place)
      let type = try spaces.type(type, at: place)
      try pop(.i32)
      try checkCall(of: type)
    default: break
    }
  }

  private mutating func checkCall(of type: FunctionType) throws(ValidationError) {
    try pop(type.parameters)
    push(type.results)
  }

  /// All labels of a table must take the same types, even in unreachable code: later versions of the specification
  /// compare them with the operands instead.
  private mutating func checkBranchTable(_ table: BranchTable) throws(ValidationError) {
    let types = try labelTypes(table.defaultLabel)
    for label in table.labels {
      // Comparing arrays that share their storage, as those of one function type do, takes no time.
      let others = try labelTypes(label)
      guard others == types else {
        throw error(
          .typeMismatch,
          expected: "\(types.text), as at label \(table.defaultLabel), instead of \(others.text) at \(label)")
      }
    }
    try pop(.i32)
    try pop(types)
    setUnreachable()
  }

  /// The types of the operands that a branch to `label` takes along.
  package func labelTypes(_ label: LabelIndex) throws(ValidationError) -> [ValueType] {
    guard label < frames.count else {
      throw error(.unknownLabel, index: label, expected: "one of \(frames.count) labels")
    }
    return frames[frames.count - 1 - Int(label)].labelTypes
  }
}
