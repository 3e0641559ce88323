import WebAssembly

// What opens, divides and closes constructs.
extension FunctionValidator {
  mutating func checkConstruct(_ operation: Operation) throws(ValidationError) {
    switch operation {
    case .unreachable: setUnreachable()
    case .block(let type): try open(.block, type)
    case .loop(let type): try open(.loop, type)
    case .if(let type):
      // The type first: an unknown one is reported before a missing condition.
      let type = try functionType(of: type)
      try pop(.i32)
      try open(.if, type)
    case .else: try divide()
    case .end: try close()
    default: break
    }
  }

  private mutating func open(_ construct: ControlFrame.Construct, _ type: BlockType) throws(ValidationError) {
    try open(construct, functionType(of: type))
  }

  private mutating func open(_ construct: ControlFrame.Construct, _ type: FunctionType) throws(ValidationError) {
    try pop(type.parameters)
    frames.append(ControlFrame(construct, type, height: operands.count))
    push(type.parameters)
  }

  /// Leaves the first arm of an `if`, and opens the second one in its place.
  private mutating func divide() throws(ValidationError) {
    guard let frame = frames.last, frame.construct == .if else {
      throw error(.structure, expected: "end, since no if is open")
    }
    try checkResults(of: frame)
    frames[frames.count - 1].construct = .else
    frames[frames.count - 1].isUnreachable = false
    push(frame.type.parameters)
  }

  /// Leaves the innermost construct.
  private mutating func close() throws(ValidationError) {
    guard let frame = frames.last else { return }
    try checkResults(of: frame)
    // Without an else, the parameters of an if are its results when the condition is zero.
    if frame.construct == .if, frame.type.parameters != frame.type.results {
      throw error(.typeMismatch, expected: "else in an if of type \(frame.type.text)")
    }
    frames.removeLast()
    push(frame.type.results)
  }

  /// Pops the results of the innermost construct, `frame`, which must be all that is left of its operands.
  private mutating func checkResults(of frame: ControlFrame) throws(ValidationError) {
    try pop(frame.type.results)
    let rest = operands.count - frame.height
    guard rest == 0 else {
      let expected = "only \(frame.type.results.text) at the end of \(frame.construct.rawValue), not \(rest) more"
      throw error(.typeMismatch, expected: expected)
    }
  }

  private func functionType(of type: BlockType) throws(ValidationError) -> FunctionType {
    switch type {
    case .empty: .empty
    case .result(let result): .result(result)
    case .type(let index): try spaces.type(index, at: place)
    }
  }
}

extension FunctionType {
  /// No parameters and no results.
  fileprivate static let empty = FunctionType(parameters: [], results: [])

  // One array for each type, so that opening a block allocates nothing.
  private static let i32 = FunctionType(parameters: [], results: [.i32])
  private static let i64 = FunctionType(parameters: [], results: [.i64])
  private static let f32 = FunctionType(parameters: [], results: [.f32])
  private static let f64 = FunctionType(parameters: [], results: [.f64])

  /// No parameters and one result.
  fileprivate static func result(_ type: ValueType) -> FunctionType {
    switch type {
    case .i32: i32
    case .i64: i64
    case .f32: f32
    case .f64: f64
    }
  }
}
