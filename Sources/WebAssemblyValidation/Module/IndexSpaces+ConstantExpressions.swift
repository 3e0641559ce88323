import WebAssembly

// Constant expressions, and the definitions that carry one: globals and active segments.
extension IndexSpaces {
  /// Checks the first values of the module's own globals.
  func checkGlobals(of module: Module) throws(ValidationError) {
    for global in module.globals {
      try checkConstant(global.initialValue, is: global.type.value, at: global.offset)
    }
  }

  /// Checks the element segments: offset, table and functions.
  func checkElements(of module: Module) throws(ValidationError) {
    for segment in module.elements {
      let place = ValidationError.Place(offset: segment.offset)
      if case .active(let table, let offset) = segment.mode {
        try checkConstant(offset, is: .i32, at: segment.offset)
        try requireTable(table, at: place)
      }
      for case .some(let function) in segment.references { _ = try self.function(function, at: place) }
    }
  }

  /// Checks the data segments: offset and memory.
  func checkData(of module: Module) throws(ValidationError) {
    for segment in module.data {
      guard case .active(let memory, let offset) = segment.mode else { continue }
      try checkConstant(offset, is: .i32, at: segment.offset)
      try requireMemory(memory, at: .init(offset: segment.offset))
    }
  }

  /// Checks that `expression`, part of the definition at `offset`, is constant and gives one value of `type`.
  ///
  /// Constants and imported immutable globals push one value and take none, so that no operand stack is needed. Whether
  /// all is constant is looked at first: the specification's tests report that before a wrong type.
  private func checkConstant(
    _ expression: [Instruction], is type: ValueType, at offset: Int
  ) throws(ValidationError) {
    guard let end = expression.last, end.operation == .end else {
      throw ValidationError(.structure, at: .init(offset: offset), expected: "end after a constant expression")
    }
    var values: [ValueType] = []
    for instruction in expression.dropLast() { values.append(try constantType(of: instruction)) }
    guard values == [type] else {
      let found = values.count == 1 ? values[0].rawValue : "\(values.count) values"
      throw ValidationError(
        .typeMismatch, at: .init(offset: end.offset),
        expected: "a constant of type \(type.rawValue) instead of \(found)")
    }
  }

  /// The type of the value that `instruction` of a constant expression pushes.
  private func constantType(of instruction: Instruction) throws(ValidationError) -> ValueType {
    let place = ValidationError.Place(offset: instruction.offset)
    switch instruction.operation {
    case .i32Const: return .i32
    case .i64Const: return .i64
    case .f32Const: return .f32
    case .f64Const: return .f64
    case .globalGet(let index):
      let global = try importedGlobal(index, at: place)
      guard !global.isMutable else {
        throw ValidationError(
          .constantExpression, at: place, expected: "an immutable global instead of global \(index), which is mutable")
      }
      return global.value
    default:
      throw ValidationError(
        .constantExpression, at: place, expected: "a constant or an imported global instead of \(instruction.name)")
    }
  }
}
