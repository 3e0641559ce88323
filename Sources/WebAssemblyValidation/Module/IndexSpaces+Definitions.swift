import WebAssembly

// Function bodies, the start function and exports.
extension IndexSpaces {
  /// Checks the bodies of the module's own functions.
  func checkBodies(of module: Module) throws(ValidationError) {
    for (position, function) in module.functions.enumerated() {
      var validator = try FunctionValidator(function, index: importedFunctionCount + position, in: self)
      for instruction in function.body { try validator.check(instruction) }
      try validator.checkIsComplete()
    }
  }

  /// Checks that the start function, if any, takes and gives nothing.
  func checkStart(of module: Module) throws(ValidationError) {
    guard let start = module.start else { return }
    let place = ValidationError.Place(offset: start.offset)
    let type = try function(start.function, at: place)
    guard type.parameters.isEmpty, type.results.isEmpty else {
      let expected = "function \(start.function) without parameters and results, not \(type.text)"
      throw ValidationError(.startFunction, at: place, expected: expected)
    }
  }

  /// Checks that exports name what is there, each under a name of its own.
  func checkExports(of module: Module) throws(ValidationError) {
    var names: Set<Name> = []
    for export in module.exports {
      let place = ValidationError.Place(offset: export.offset)
      switch export.kind {
      case .function(let index): _ = try function(index, at: place)
      case .table(let index): try requireTable(index, at: place)
      case .memory(let index): try requireMemory(index, at: place)
      case .global(let index): _ = try global(index, at: place)
      }
      guard names.insert(export.name).inserted else {
        throw ValidationError(
          .duplicateExport, at: place, expected: "one export called \(export.name.text.debugDescription)")
      }
    }
  }
}
