import GraphFuzzing
import WebAssembly

extension ModuleShrinker {
  /// Takes away what is not used: exports, segments, the start function, functions, globals, locals, types, table and memory.
  mutating func removeDefinitions() {
    if best.module.start != nil {
      var candidate = best
      candidate.module.start = nil
      _ = tries(candidate)
    }
    removeElements(of: \.exports)
    removeElements(of: \.data)
    removeElements(of: \.elements)
    removeElements(of: \.tables)
    removeElements(of: \.memories)
    for function in best.module.functions.indices.reversed() {
      var candidate = best
      candidate.module.removeFunction(FunctionIndex(function))
      _ = tries(candidate)
    }
    for global in best.module.globals.indices.reversed() {
      var candidate = best
      candidate.module.removeGlobal(GlobalIndex(global))
      _ = tries(candidate)
    }
    // Behind the last that is used, so that no index changes.
    for function in best.module.functions.indices {
      while !best.module.functions[function].locals.isEmpty {
        var candidate = best
        candidate.module.functions[function].locals.removeLast()
        if !tries(candidate) { break }
      }
    }
    while !best.module.types.isEmpty {
      var candidate = best
      candidate.module.types.removeLast()
      if !tries(candidate) { break }
    }
  }

  private mutating func removeElements<Element>(of list: WritableKeyPath<Module, [Element]>) {
    var shrinker = self
    _ = minimized(best.module[keyPath: list]) { elements in
      var candidate = shrinker.best
      candidate.module[keyPath: list] = elements
      return shrinker.tries(candidate)
    }
    self = shrinker
  }
}

extension Module {
  /// Removes a function of a module that imports none. Where it is used, an index beyond all functions is left, which is not valid.
  fileprivate mutating func removeFunction(_ index: FunctionIndex) {
    let renumbered = { (other: FunctionIndex) -> FunctionIndex in
      other == index ? .max : other > index ? other - 1 : other
    }
    functions.remove(at: Int(index))
    if let start { self.start?.function = renumbered(start.function) }
    for item in exports.indices {
      if case .function(let other) = exports[item].kind { exports[item].kind = .function(renumbered(other)) }
    }
    for segment in elements.indices {
      elements[segment].references = elements[segment].references.map { $0.map(renumbered) }
    }
    changeOperations { operation in
      if case .call(let other) = operation { .call(renumbered(other)) } else { operation }
    }
  }

  /// Removes a global of a module that imports none, in the same way.
  fileprivate mutating func removeGlobal(_ index: GlobalIndex) {
    let renumbered = { (other: GlobalIndex) -> GlobalIndex in
      other == index ? .max : other > index ? other - 1 : other
    }
    globals.remove(at: Int(index))
    for item in exports.indices {
      if case .global(let other) = exports[item].kind { exports[item].kind = .global(renumbered(other)) }
    }
    changeOperations { operation in
      switch operation {
      case .globalGet(let other): .globalGet(renumbered(other))
      case .globalSet(let other): .globalSet(renumbered(other))
      default: operation
      }
    }
  }

  private mutating func changeOperations(_ change: (Operation) -> Operation) {
    for function in functions.indices {
      for place in functions[function].body.indices {
        functions[function].body[place].operation = change(functions[function].body[place].operation)
      }
    }
  }
}
