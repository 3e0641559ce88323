import WebAssembly

/// The types, functions and globals of the module that is being made; what is added comes behind what is there.
struct MergedDefinitions {
  private(set) var types: [FunctionType]
  /// Functions of the modules that are merged, by number; their bodies are written last.
  private let ownFunctionCount: Int
  private(set) var helpers: [Function] = []
  private(set) var globals: [Global]

  init(types: [FunctionType], ownFunctionCount: Int, globals: [Global]) {
    self.types = types
    self.ownFunctionCount = ownFunctionCount
    self.globals = globals
  }

  /// Adds a function of the linker's own.
  mutating func addFunction(_ type: FunctionType, locals: [ValueType] = [], _ body: [Operation]) -> FunctionIndex {
    let index = FunctionIndex(ownFunctionCount + helpers.count)
    addFunction(type, locals: locals, body.map { Instruction($0, offset: 0) })
    return index
  }

  /// Adds a function whose instructions come from a module.
  @discardableResult
  mutating func addFunction(
    _ type: FunctionType, locals: [ValueType] = [], _ body: [Instruction]
  ) -> FunctionIndex {
    let index = FunctionIndex(ownFunctionCount + helpers.count)
    types.append(type)
    helpers.append(
      Function(
        type: TypeIndex(types.count - 1), locals: locals.map { Function.LocalRun(count: 1, type: $0) }, body: body,
        offset: 0))
    return index
  }

  /// Adds a mutable i32.
  mutating func addGlobal(_ value: UInt32) -> GlobalIndex {
    let first = Instruction(.i32Const(Int32(bitPattern: value)), offset: 0)
    globals.append(
      Global(
        type: GlobalType(value: .i32, isMutable: true), initialValue: [first, Instruction(.end, offset: 0)],
        offset: 0))
    return GlobalIndex(globals.count - 1)
  }
}
