import ProgramGenerator
import WebAssembly

/// A random module in the making.
///
/// Global 0 is the fuel. Functions have the indices 0, 1, …; behind them stand the functions that are exported: one for each, which
/// fills up the fuel and calls it, and those that show globals and memory.
struct ModuleWriter {
  /// Most addresses are below.
  static let memoryWindow = 128
  static let globalsName: Name = "globals"
  static let memoryName: Name = "memory"
  static let fuelGlobal: GlobalIndex = 0

  var random: RandomSource
  private(set) var types: [FunctionType] = []
  /// The types of the functions that may call each other.
  let functions: [FunctionType]
  /// The globals behind the fuel.
  let globals: [GlobalType]
  let memory: Limits
  /// What each function of the table is; nil where none is.
  let table: [FunctionIndex?]
  /// How much fuel a call gets.
  private let fuel: Int32

  init(seed: UInt64) {
    var random = RandomSource(seed: seed)
    functions = (0..<random.number(in: 1...5)).map { _ in
      FunctionType(parameters: random.types(atMost: 3), results: random.types(atMost: random.isOnce(in: 4) ? 3 : 1))
    }
    globals = (0..<random.number(in: 1...4)).map { _ in
      GlobalType(value: random.type(), isMutable: !random.isOnce(in: 5))
    }
    let pages = UInt32(random.number(in: 1...2))
    memory = Limits(minimum: pages, maximum: pages + UInt32(random.number(in: 0...2)))
    let last = functions.count - 1
    table = (0..<random.number(in: 1...6)).map { _ in
      random.isOnce(in: 5) ? nil : FunctionIndex(random.number(in: 0...last))
    }
    fuel = Int32(random.number(in: 3...20))
    self.random = random
  }

  static func exportName(of function: Int) -> Name { Name("run\(function)") }

  /// The index of a type, which is added if it is new.
  mutating func index(of type: FunctionType) -> TypeIndex {
    if let known = types.firstIndex(of: type) { return TypeIndex(known) }
    types.append(type)
    return TypeIndex(types.count - 1)
  }

  /// The whole module.
  mutating func module() -> Module {
    var module = Module()
    module.memories = [MemoryType(limits: memory, offset: 0)]
    let size = UInt32(table.count)
    module.tables = [TableType(limits: Limits(minimum: size, maximum: random.isOnce(in: 2) ? size : nil), offset: 0)]
    module.globals =
      [Global(GlobalType(value: .i32, isMutable: true), .i32Const(fuel))]
      + globals.map { Global($0, random.constant($0.value)) }
    module.elements = elements()
    module.data = data()
    for function in functions.indices { module.functions.append(body(of: function)) }
    if random.isOnce(in: 12) {
      module.start = Start(function: FunctionIndex(module.functions.count), offset: 0)
      module.functions.append(body(of: FunctionType(parameters: [], results: [])))
    }
    addExports(to: &module)
    module.types = types
    return module
  }

  private mutating func body(of function: Int) -> Function {
    body(of: functions[function])
  }

  private mutating func body(of type: FunctionType) -> Function {
    var writer = FunctionWriter(type, in: self)
    let function = writer.function()
    self = writer.module
    return function
  }

  /// A segment for each place of the table that holds a function.
  private func elements() -> [ElementSegment] {
    table.enumerated().compactMap { place, function in
      function.map {
        ElementSegment(
          mode: .active(table: 0, offset: [.i32Const(Int32(place)), .end].instructions), references: [$0], offset: 0)
      }
    }
  }

  /// Bytes for the part of memory that most addresses lie in, and at its end.
  private mutating func data() -> [DataSegment] {
    let end = Int(memory.minimum) << 16
    return [random.number(in: 0...Self.memoryWindow - 1), random.number(in: 0...16), end - 8].map { start in
      let count = min(end - start, random.number(in: 0...40))
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.bits()) }
      return DataSegment(
        mode: .active(memory: 0, offset: [.i32Const(Int32(start)), .end].instructions), bytes: bytes, offset: 0)
    }
  }

  private mutating func addExports(to module: inout Module) {
    func export(_ name: Name, _ type: FunctionType, _ body: [Operation]) {
      module.exports.append(
        Export(name: name, kind: .function(FunctionIndex(module.functions.count)), offset: 0))
      module.functions.append(
        Function(type: index(of: type), locals: [], body: (body + [.end]).instructions, offset: 0))
    }
    for (number, type) in functions.enumerated() {
      export(
        Self.exportName(of: number), type,
        [.i32Const(fuel), .globalSet(Self.fuelGlobal)] + type.parameters.indices.map { .localGet(LocalIndex($0)) }
          + [.call(FunctionIndex(number))])
    }
    export(
      Self.globalsName, FunctionType(parameters: [], results: globals.map(\.value)),
      globals.indices.map { .globalGet(GlobalIndex($0 + 1)) })
    export(
      Self.memoryName, FunctionType(parameters: [.i32], results: [.i64, .i64]),
      [0, 8].flatMap { [.localGet(0), .load(.i64Load, MemoryArgument(alignment: 0, offset: $0))] })
  }
}

extension Global {
  fileprivate init(_ type: GlobalType, _ value: WebAssembly.Operation) {
    self.init(type: type, initialValue: [value, .end].instructions, offset: 0)
  }
}

extension [WebAssembly.Operation] {
  /// The operations as instructions that stand in no file.
  var instructions: [WebAssembly.Instruction] { map { WebAssembly.Instruction($0, offset: 0) } }
}

extension RandomSource {
  /// Types, each as likely.
  mutating func types(atMost count: Int) -> [ValueType] {
    (0..<number(in: 0...count)).map { _ in type() }
  }
}
