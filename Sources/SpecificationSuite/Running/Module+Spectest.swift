import WebAssembly

extension Module {
  /// What the test suite's scripts import from `spectest`: the functions print nothing, all else is as the suite's own host
  /// has it.
  static let spectest: Module = {
    var module = Module()
    let printed: [(name: String, types: [ValueType])] = [
      ("print", []), ("print_i32", [.i32]), ("print_i64", [.i64]), ("print_f32", [.f32]), ("print_f64", [.f64]),
      ("print_i32_f32", [.i32, .f32]), ("print_f64_f64", [.f64, .f64]),
    ]
    for (name, types) in printed {
      module.export(name, .function(FunctionIndex(module.functions.count)))
      module.functions.append(
        Function(
          type: TypeIndex(module.types.count), locals: [], body: [Instruction(.end, offset: 0)], offset: 0))
      module.types.append(FunctionType(parameters: types, results: []))
    }
    let constants: [(type: ValueType, value: Operation)] = [
      (.i32, .i32Const(666)), (.i64, .i64Const(666)), (.f32, .f32Const(bitPattern: Float(666).bitPattern)),
      (.f64, .f64Const(bitPattern: Double(666).bitPattern)),
    ]
    for (type, value) in constants {
      module.export("global_\(type.rawValue)", .global(GlobalIndex(module.globals.count)))
      module.globals.append(
        Global(
          type: GlobalType(value: type, isMutable: false),
          initialValue: [Instruction(value, offset: 0), Instruction(.end, offset: 0)], offset: 0))
    }
    module.tables = [TableType(limits: Limits(minimum: 10, maximum: 20), offset: 0)]
    module.export("table", .table(0))
    module.memories = [MemoryType(limits: Limits(minimum: 1, maximum: 2), offset: 0)]
    module.export("memory", .memory(0))
    return module
  }()

  private mutating func export(_ name: String, _ kind: Export.Kind) {
    exports.append(Export(name: Name(name), kind: kind, offset: 0))
  }
}
