package import ModuleExecution
package import WebAssembly

/// A module and the calls that are made of it, one after another in one instance.
package struct ModuleCase: Hashable, Sendable {
  /// A call of an exported function.
  package struct Call: Hashable, Sendable {
    package var name: Name
    package var arguments: [WebAssemblyValue]

    package init(_ name: Name, _ arguments: [WebAssemblyValue]) {
      self.name = name
      self.arguments = arguments
    }
  }

  package var module: Module
  package var calls: [Call]

  package init(module: Module, calls: [Call]) {
    self.module = module
    self.calls = calls
  }

  /// The number of instructions of all functions.
  package var instructionCount: Int { module.functions.reduce(0) { $0 + $1.body.count } }
}
