import InstructionSet
package import WebAssembly

/// Functions that come with the compiler as a module and are compiled into the programs that need them.
///
/// A library consists of functions only. Its loads and stores, if it imports a memory, reach the program's memory; its other
/// imports stand for traps, by their messages: `trap."integer overflow"`, of whatever type, or are functions of the host.
package struct FullLibrary: Sendable {
  enum ImportedFunction {
    case trap(Trap)
    case host(FullHostFunction)

    /// Whether a call has a frame on the stack.
    var makesFrame: Bool {
      if case .host(.routine) = self { true } else { false }
    }
  }

  /// Tells the libraries of a program apart.
  let name: String
  let module: Module
  /// What the imported functions stand for.
  let imports: [ImportedFunction]
  private let exports: [Name: FunctionIndex]

  /// - Throws: ``ProgramCompilerError`` when the bytes are no module, or the module has more than functions.
  package init(name: String, decoding bytes: [UInt8]) throws(ProgramCompilerError) {
    self.name = name
    do {
      module = try Module(decoding: bytes)
    } catch {
      throw ProgramCompilerError(.malformed(error))
    }
    try Self.requireFunctionsOnly(module)
    try Self.requireOwnNames(module)
    imports = try Self.imports(of: module)
    var exports: [Name: FunctionIndex] = [:]
    for export in module.exports {
      if case .function(let index) = export.kind { exports[export.name] = index }
    }
    self.exports = exports
  }

  /// What the compiler says of itself in the module.
  package var producers: [UInt8]? {
    module.customSections.first { $0.name == "producers" }?.contents
  }

  /// The operators that the functions use.
  package var operators: Set<NumericOperator> {
    Set(
      module.functions.lazy.flatMap(\.body).compactMap { instruction in
        if case .numeric(let operation) = instruction.operation { operation } else { nil }
      })
  }

  /// The exported function of this name.
  func routine(_ name: Name) throws(ProgramCompilerError) -> FullRoutine {
    guard let index = exports[name] else {
      throw ProgramCompilerError(.invalid(expected: "a function '\(name)' in the library '\(self.name)'"))
    }
    return FullRoutine(library: self, function: index)
  }

  /// A library lives in the program of others, where it has no place for anything that stays.
  private static func requireFunctionsOnly(_ module: Module) throws(ProgramCompilerError) {
    let surplus: [(name: String, offset: Int?)] = [
      ("a memory of its own", module.memories.first?.offset), ("a table", module.tables.first?.offset),
      ("a start function", module.start?.offset),
      ("a data segment", module.data.first?.offset), ("an element segment", module.elements.first?.offset),
    ]
    for (name, offset) in surplus {
      if let offset { throw ProgramCompilerError(.invalid(expected: "a library without \(name)"), offset: offset) }
    }
  }

  /// Table 0 and the globals are the program's. A global of the library's own that no function uses, as linkers leave behind, is
  /// nothing.
  private static func requireOwnNames(_ module: Module) throws(ProgramCompilerError) {
    for instruction in module.functions.lazy.flatMap(\.body) {
      switch instruction.operation {
      case .callIndirect, .globalGet, .globalSet:
        throw ProgramCompilerError(
          .invalid(expected: "a library without \(instruction.name)"), offset: instruction.offset)
      default: break
      }
    }
  }

  private static func imports(of module: Module) throws(ProgramCompilerError) -> [ImportedFunction] {
    var imports: [ImportedFunction] = []
    for item in module.imports {
      if case .memory = item.kind { continue }
      guard case .function(let index) = item.kind, item.module == "trap" || item.module == Module.outputName.module
      else {
        throw unexpected(item)
      }
      if let trap = Trap.allCases.first(where: { ("trap", Name($0.message)) == (item.module, item.name) }) {
        imports.append(.trap(trap))
      } else {
        guard item.module != "trap" else { throw unexpected(item) }
        imports.append(
          .host(try FullHostFunction(item, try module.functionType(index, offset: item.offset), isLibrary: true)))
      }
    }
    return imports
  }

  private static func unexpected(_ item: Import) -> ProgramCompilerError {
    ProgramCompilerError(
      .invalid(expected: "a library that imports traps, the host and a memory, not '\(item.module).\(item.name)'"),
      offset: item.offset)
  }
}
