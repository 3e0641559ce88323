import ModuleExecution
import ProgramCompiler
import Reference
import WebAssembly

/// A module put together in a test.
struct ModuleSketch {
  private(set) var module = Module()

  /// A function type's index.
  mutating func type(_ parameters: [ValueType], _ results: [ValueType]) -> TypeIndex {
    let type = FunctionType(parameters: parameters, results: results)
    if let known = module.types.firstIndex(of: type) { return TypeIndex(known) }
    module.types.append(type)
    return TypeIndex(module.types.count - 1)
  }

  /// Imports a function; imports must come before functions.
  mutating func addImport(_ source: Name, _ name: Name, _ parameters: [ValueType], _ results: [ValueType]) {
    module.imports.append(Import(module: source, name: name, kind: .function(type(parameters, results)), offset: 0))
  }

  /// Imports the function that prints a byte.
  mutating func addOutput() {
    addImport("tvm", "output", [.i32], [])
  }

  /// Exports the functions that are imported so far, under their own names.
  mutating func exportImports() {
    for (index, item) in module.imports.enumerated() {
      module.exports.append(Export(name: item.name, kind: .function(FunctionIndex(index)), offset: 0))
    }
  }

  mutating func addFunction(
    _ name: Name, _ parameters: [ValueType], _ results: [ValueType], locals: [Function.LocalRun] = [],
    _ body: [Operation]
  ) {
    let imported = module.imports.count { if case .function = $0.kind { true } else { false } }
    module.functions.append(
      Function(
        type: type(parameters, results), locals: locals, body: body.map { Instruction($0, offset: 0) }, offset: 0))
    let index = FunctionIndex(imported + module.functions.count - 1)
    module.exports.append(Export(name: name, kind: .function(index), offset: 0))
  }

  mutating func addGlobal(_ type: ValueType, _ value: Operation, isMutable: Bool, exportedAs name: Name) {
    module.exports.append(Export(name: name, kind: .global(GlobalIndex(module.globals.count)), offset: 0))
    module.globals.append(
      Global(
        type: GlobalType(value: type, isMutable: isMutable),
        initialValue: [value, .end].map { Instruction($0, offset: 0) }, offset: 0))
  }

  /// Lets a function be called at the start.
  mutating func setStart(_ function: FunctionIndex) {
    module.start = Start(function: function, offset: 0)
  }

  mutating func addMemory(_ pages: UInt32, maximum: UInt32? = nil) {
    module.memories.append(MemoryType(limits: Limits(minimum: pages, maximum: maximum), offset: 0))
  }

  mutating func addData(_ address: Int32, _ bytes: [UInt8]) {
    let expression = [Operation.i32Const(address), .end].map { Instruction($0, offset: 0) }
    module.data.append(DataSegment(mode: .active(memory: 0, offset: expression), bytes: bytes, offset: 0))
  }

  /// The module behind its prompt on the reference interpreter, not instantiated.
  func instance(_ host: HostEnvironment = HostEnvironment()) throws -> ModuleInstance {
    try Self.instance(of: module, host)
  }

  static func instance(of module: Module, _ host: HostEnvironment = HostEnvironment()) throws -> ModuleInstance {
    let compiled = try FullProgramCompiler().compile(module)
    return ModuleInstance(compiled, on: FullReferenceInterpreter(compiled.program), host: host)
  }

  /// Why a module cannot be compiled; nil when it can.
  static func refusal(of module: Module) -> ProgramCompilerError? {
    do throws(ProgramCompilerError) {
      _ = try FullProgramCompiler().compile(module)
      return nil
    } catch {
      return error
    }
  }
}
