import WebAssembly

/// What indices mean, checked: a decoded module's indices may point nowhere.
extension Module {
  /// The types of the imported functions, whose indices come first.
  var importedFunctionTypes: [TypeIndex] {
    imports.compactMap { if case .function(let type) = $0.kind { type } else { nil } }
  }

  /// A function type of i32 values only.
  ///
  /// - Parameter offset: where the index stands, for the error.
  func integerType(_ index: TypeIndex, offset: Int) throws(ProgramCompilerError) -> FunctionType {
    let type = try anyType(index, offset: offset)
    for value in type.parameters + type.results { try requireInteger(value, offset: offset) }
    return type
  }

  private func anyType(_ index: TypeIndex, offset: Int) throws(ProgramCompilerError) -> FunctionType {
    guard index < types.count else {
      throw ProgramCompilerError(.invalid(expected: "a type index below \(types.count), not \(index)"), offset: offset)
    }
    return types[Int(index)]
  }

  /// The type of a function, imported or not.
  func type(of function: FunctionIndex, offset: Int) throws(ProgramCompilerError) -> FunctionType {
    let imported = importedFunctionTypes
    if function < imported.count { return try anyType(imported[Int(function)], offset: offset) }
    return try anyType(try definition(of: function, offset: offset).type, offset: offset)
  }

  /// The function with a body that has this index.
  func definition(of function: FunctionIndex, offset: Int) throws(ProgramCompilerError) -> Function {
    let index = Int(function) - importedFunctionTypes.count
    guard functions.indices.contains(index) else {
      let count = importedFunctionTypes.count + functions.count
      throw ProgramCompilerError(
        .invalid(expected: "a function index below \(count), not \(function)"), offset: offset)
    }
    return functions[index]
  }

  /// The global with this index.
  func global(_ index: GlobalIndex, offset: Int) throws(ProgramCompilerError) -> Global {
    guard index < globals.count else {
      throw ProgramCompilerError(
        .invalid(expected: "a global index below \(globals.count), not \(index)"), offset: offset)
    }
    return globals[Int(index)]
  }

  /// The value of a constant expression.
  func value(of expression: [WebAssembly.Instruction], offset: Int) throws(ProgramCompilerError) -> UInt32 {
    guard expression.count == 2, let first = expression.first, expression.last?.operation == .end else {
      throw ProgramCompilerError(.unsupported("a constant expression of several instructions"), offset: offset)
    }
    switch first.operation {
    case .i32Const(let value): return UInt32(bitPattern: value)
    case .globalGet(let index):
      // Expressions may read earlier globals only; without imported ones that chain could be a circle.
      guard case .i32Const(let value)? = try global(index, offset: first.offset).initialValue.first?.operation else {
        throw ProgramCompilerError(.unsupported("a constant expression through two globals"), offset: first.offset)
      }
      return UInt32(bitPattern: value)
    default: throw ProgramCompilerError(.unsupported(first.name), offset: first.offset)
    }
  }

  /// Refuses all types but i32.
  func requireInteger(_ type: ValueType, offset: Int) throws(ProgramCompilerError) {
    if type != .i32 { throw ProgramCompilerError(.unsupported("a value of type \(type.rawValue)"), offset: offset) }
  }
}
