import WebAssembly

/// Small modules in the words of what they import and export.
enum SampleModule {
  static let number = FunctionType(parameters: [], results: [.i32])

  static func expression(_ operations: [Operation]) -> [Instruction] {
    (operations + [.end]).enumerated().map { Instruction($1, offset: 100 + $0) }
  }

  /// A module with a function of type `number`, exported as `f`.
  static func function(_ body: [Operation], _ change: (inout Module) -> Void = { _ in }) -> Module {
    var module = Module()
    module.types = [number]
    module.functions = [Function(type: 0, locals: [], body: expression(body), offset: 10)]
    module.exports = [Export(name: "f", kind: .function(0), offset: 20)]
    change(&module)
    return module
  }

  static func exporting(memory limits: Limits) -> Module {
    function([.memorySize]) { module in
      module.memories = [MemoryType(limits: limits, offset: 30)]
      module.exports.append(Export(name: "memory", kind: .memory(0), offset: 40))
    }
  }

  static func exporting(table limits: Limits) -> Module {
    function([.i32Const(7)]) { module in
      module.tables = [TableType(limits: limits, offset: 30)]
      module.exports.append(Export(name: "table", kind: .table(0), offset: 40))
    }
  }

  static func importing(_ name: Name, _ kind: Import.Kind, _ body: [Operation]? = nil) -> Module {
    var module = body.map { function($0) } ?? Module()
    module.types = [number]
    module.imports = [Import(module: "owner", name: name, kind: kind, offset: 5)]
    return module
  }

  static func data(at start: Int32, _ bytes: [UInt8]) -> DataSegment {
    DataSegment(mode: .active(memory: 0, offset: expression([.i32Const(start)])), bytes: bytes, offset: 60)
  }

  static func elements(at start: Int32, _ functions: [FunctionIndex]) -> ElementSegment {
    ElementSegment(mode: .active(table: 0, offset: expression([.i32Const(start)])), references: functions, offset: 70)
  }
}
