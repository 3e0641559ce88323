import WebAssembly

/// The part of a module that the base profile asks for or refuses before any code is looked at.
extension Module {
  /// The imported function that prints the low byte of its argument.
  static let outputName = (module: Name("tvm"), name: Name("output"))
  /// The exported function that a program runs.
  static let entryName = Name("compute")

  /// Refuses imports other than the output function, more than one memory, and a start function of another type than none.
  func checkRequirements() throws(ProgramCompilerError) {
    for item in imports {
      guard case .function(let type) = item.kind, item.module == Self.outputName.module,
        item.name == Self.outputName.name
      else {
        throw ProgramCompilerError(.unsupported("the import '\(item.module).\(item.name)'"), offset: item.offset)
      }
      guard try integerType(type, offset: item.offset) == FunctionType(parameters: [.i32], results: []) else {
        throw ProgramCompilerError(
          .invalid(expected: "'\(item.module).\(item.name)' to take one i32 and to give nothing"), offset: item.offset)
      }
    }
    if memories.count > 1 {
      throw ProgramCompilerError(.unsupported("a second memory"), offset: memories[1].offset)
    }
    if let start {
      let type = try type(of: start.function, offset: start.offset)
      guard type.parameters.isEmpty, type.results.isEmpty else {
        throw ProgramCompilerError(
          .invalid(expected: "a start function that takes and gives nothing"), offset: start.offset)
      }
    }
    for global in globals { try requireInteger(global.type.value, offset: global.offset) }
  }

  /// The function to run, and whether it takes the input's address.
  func entry() throws(ProgramCompilerError) -> (function: FunctionIndex, takesInput: Bool) {
    for export in exports where export.name == Self.entryName {
      guard case .function(let index) = export.kind else { break }
      let function = try definition(of: index, offset: export.offset)
      let parameters = try integerType(function.type, offset: function.offset).parameters
      if parameters.count <= 1 { return (index, parameters.count == 1) }
      throw ProgramCompilerError(.missingEntry(Self.entryName.text), offset: export.offset)
    }
    throw ProgramCompilerError(.missingEntry(Self.entryName.text))
  }

  /// Where the compiler's own words go.
  func addressSpace() throws(ProgramCompilerError) -> AddressSpace {
    let pages = memories.first?.limits.minimum ?? 0
    guard let addresses = AddressSpace(pageCount: pages, globalCount: globals.count) else {
      throw ProgramCompilerError(.unsupported("a memory of \(pages) pages"), offset: memories.first?.offset)
    }
    return addresses
  }
}
