import WebAssembly

// Memory 0 and table 0.
extension FunctionValidator {
  mutating func checkMemory(_ operation: Operation) throws(ValidationError) {
    switch operation {
    case .load(let load, let argument):
      try checkAccess(argument, width: load.width)
      try pop(.i32)
      push(load.type)
    case .store(let store, let argument):
      try checkAccess(argument, width: store.width)
      try pop(store.type)
      try pop(.i32)
    case .memorySize:
      try spaces.requireMemory(at: place)
      push(.i32)
    case .memoryGrow:
      try spaces.requireMemory(at: place)
      try pop(.i32)
      push(.i32)
    case .memoryInit(let data):
      try spaces.requireMemory(at: place)
      try spaces.requireData(data, at: place)
      try popRange()
    case .memoryCopy, .memoryFill:
      try spaces.requireMemory(at: place)
      try popRange()
    case .dataDrop(let data): try spaces.requireData(data, at: place)
    case .tableInit(let element):
      try spaces.requireTable(at: place)
      try spaces.requireElement(element, at: place)
      try popRange()
    case .tableCopy:
      try spaces.requireTable(at: place)
      try popRange()
    case .elemDrop(let element): try spaces.requireElement(element, at: place)
    default: break
    }
  }

  /// Pops the three integers of a bulk operation: destination, source or byte, and length.
  private mutating func popRange() throws(ValidationError) {
    for _ in 0..<3 { try pop(.i32) }
  }

  /// Checks that there is a memory, and that an access of `width` bytes does not claim to be aligned to more.
  private func checkAccess(_ argument: MemoryArgument, width: Int) throws(ValidationError) {
    try spaces.requireMemory(at: place)
    guard argument.alignment < 4, 1 << Int(argument.alignment) <= width else {
      throw error(.alignment, expected: "an alignment of at most \(width) bytes for \(operation.name)")
    }
  }
}
