import Testing
import WebAssembly
import WebAssemblyValidation

/// Modules built around one body, in which an instruction's position in the body can be read off its offset.
enum SampleModule {
  /// The offset of the first instruction of the body; the next ones follow one by one.
  static let firstInstruction = 100
  /// The offset of the function.
  static let function = 90

  /// The types of every module made here: 0 is the body's own, then these from 1.
  static let types = [
    FunctionType(parameters: [.i32, .i64], results: [.f32, .f64]),
    FunctionType(parameters: [.i32], results: [.i32]),
    FunctionType(parameters: [], results: []),
    FunctionType(parameters: [.i32, .i64], results: [.i32, .i64]),
  ]

  /// A module whose function 0 has `body`, to which the final `end` is added, and whose function 1 has type 1.
  ///
  /// Global 0 is an i32 that may change, global 1 an f64 that may not. There are a table, a memory and an element and
  /// a data segment.
  static func around(
    _ body: [Operation], parameters: [ValueType] = [], results: [ValueType] = [], locals: [Function.LocalRun] = []
  ) -> Module {
    var module = Module()
    module.types = [FunctionType(parameters: parameters, results: results)] + types
    let instructions = (body + [.end]).enumerated().map { Instruction($1, offset: firstInstruction + $0) }
    module.functions = [
      Function(type: 0, locals: locals, body: instructions, offset: function),
      Function(type: 1, locals: [], body: expression([.unreachable]), offset: 400),
    ]
    module.tables = [TableType(limits: Limits(minimum: 1), offset: 20)]
    module.memories = [MemoryType(limits: Limits(minimum: 1), offset: 30)]
    module.globals = [
      Global(type: GlobalType(value: .i32, isMutable: true), initialValue: expression([.i32Const(0)]), offset: 40),
      Global(
        type: GlobalType(value: .f64, isMutable: false), initialValue: expression([.f64Const(bitPattern: 0)]),
        offset: 50),
    ]
    module.elements = [
      ElementSegment(mode: .active(table: 0, offset: expression([.i32Const(0)])), references: [0], offset: 60)
    ]
    module.data = [DataSegment(mode: .active(memory: 0, offset: expression([.i32Const(0)])), bytes: [1], offset: 70)]
    return module
  }

  /// `operations` and an `end`, at offsets from 500.
  static func expression(_ operations: [Operation]) -> [Instruction] {
    (operations + [.end]).enumerated().map { Instruction($1, offset: 500 + $0) }
  }
}

/// Why `module` is not valid, or `nil`.
func validationError(_ module: Module) -> ValidationError? {
  do {
    try module.validate()
    return nil
  } catch {
    return error
  }
}

/// Expects a function with `body` to be valid.
func expectValid(
  _ body: Operation..., parameters: [ValueType] = [], results: [ValueType] = [], locals: [Function.LocalRun] = [],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let module = SampleModule.around(body, parameters: parameters, results: results, locals: locals)
  let error = validationError(module)
  #expect(error == nil, "\(error?.description ?? "")", sourceLocation: sourceLocation)
}

/// Expects a function with `body` to break the rule `kind` at the instruction in position `position` of the body.
func expectInvalid(
  _ kind: ValidationError.Kind, at position: Int, _ body: Operation..., parameters: [ValueType] = [],
  results: [ValueType] = [], locals: [Function.LocalRun] = [], sourceLocation: SourceLocation = #_sourceLocation
) {
  let module = SampleModule.around(body, parameters: parameters, results: results, locals: locals)
  let error = validationError(module)
  #expect(error?.kind == kind, "\(error?.description ?? "valid")", sourceLocation: sourceLocation)
  #expect(error?.offset == SampleModule.firstInstruction + position, sourceLocation: sourceLocation)
  #expect(error?.function == 0, sourceLocation: sourceLocation)
}

extension Operation {
  static let i32 = Operation.i32Const(1)
  static let i64 = Operation.i64Const(1)
  static let f32 = Operation.f32Const(bitPattern: 0)
  static let f64 = Operation.f64Const(bitPattern: 0)

  /// A `br_table` of `labels`, the last one the default.
  static func table(_ labels: LabelIndex...) -> Operation {
    .brTable(BranchTable(labels: labels.dropLast(), defaultLabel: labels.last ?? 0))
  }

  /// A constant of `type`.
  static func constant(_ type: ValueType) -> Operation {
    switch type {
    case .i32: .i32
    case .i64: .i64
    case .f32: .f32
    case .f64: .f64
    }
  }
}
