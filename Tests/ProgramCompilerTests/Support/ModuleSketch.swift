import WebAssembly

/// Makes small modules for tests.
enum ModuleSketch {
  /// Every function is at an offset of its own, so that errors can be told apart.
  static func function(
    _ type: TypeIndex, locals: Int = 0, of localType: ValueType = .i32, _ body: [Operation], offset: Int = 0
  ) -> Function {
    let instructions = (body + [.end]).enumerated().map { Instruction($1, offset: offset + $0) }
    return Function(
      type: type, locals: [Function.LocalRun(count: UInt32(locals), type: localType)], body: instructions,
      offset: offset)
  }

  /// A module whose functions follow the imported output function, index 0; the first of them is the entry.
  ///
  /// Type 0 is that of the output function and type 1 that of the entry; `types` come behind.
  static func module(
    types: [FunctionType] = [], _ functions: [Function], pages: UInt32? = 1, entryTakesInput: Bool = false
  ) -> Module {
    var module = Module()
    let entry = FunctionType(parameters: entryTakesInput ? [.i32] : [], results: [])
    module.types = [FunctionType(parameters: [.i32], results: []), entry] + types
    module.imports = [Import(module: "tvm", name: "output", kind: .function(0), offset: 0)]
    module.functions = functions
    if let pages { module.memories = [MemoryType(limits: Limits(minimum: pages), offset: 0)] }
    module.exports = [Export(name: "compute", kind: .function(1), offset: 0)]
    return module
  }

  /// A module with one function, the entry.
  static func module(locals: Int = 0, _ body: [Operation]) -> Module {
    module([function(1, locals: locals, body)])
  }
}

extension Operation {
  static func const(_ value: UInt32) -> Operation { .i32Const(Int32(bitPattern: value)) }
  static func load(_ offset: UInt32) -> Operation { .load(.i32Load, MemoryArgument(alignment: 0, offset: offset)) }
  static func store(_ offset: UInt32) -> Operation { .store(.i32Store, MemoryArgument(alignment: 0, offset: offset)) }
  static func i64Load(_ offset: UInt32) -> Operation { .load(.i64Load, MemoryArgument(alignment: 0, offset: offset)) }
  static func i64Store(_ offset: UInt32) -> Operation {
    .store(.i64Store, MemoryArgument(alignment: 0, offset: offset))
  }
  /// Prints the low byte of the operand.
  static let output = Operation.call(0)
}
