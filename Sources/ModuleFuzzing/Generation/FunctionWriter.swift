import ProgramGenerator
import WebAssembly

/// A random function in the making: code that is valid from the first instruction to the last.
struct FunctionWriter {
  var module: ModuleWriter
  let type: FunctionType
  /// The types of parameters and locals; the last four are one of each type, for values that are needed twice.
  let locals: [ValueType]
  var code: [Operation] = []
  /// The types that a branch takes along, for each construct that is open, the function first.
  var labels: [[ValueType]]
  /// How many instructions may still be written before everything ends as soon as it can.
  private var budget: Int

  init(_ type: FunctionType, in module: ModuleWriter) {
    self.module = module
    self.type = type
    let free = self.module.random.types(atMost: 4)
    locals = type.parameters + free + ValueType.allCases
    labels = [type.results]
    budget = self.module.random.number(in: 20...240)
  }

  var random: RandomSource {
    get { module.random }
    set { module.random = newValue }
  }

  /// Whether there is room for more than what must be.
  var hasRoom: Bool { code.count < budget }

  mutating func emit(_ operations: Operation...) {
    code += operations
  }

  mutating func emit(_ numericOperator: NumericOperator) {
    code.append(.numeric(numericOperator))
  }

  mutating func function() -> Function {
    takeFuel()
    repeat { statements(depth: 3) } while hasRoom && !random.isOnce(in: 3)
    finish(with: type.results, depth: 3)
    emit(.end)
    let runs = locals.dropFirst(type.parameters.count).map { Function.LocalRun(count: 1, type: $0) }
    return Function(type: module.index(of: type), locals: runs, body: code.instructions, offset: 0)
  }

  /// Takes a unit of fuel; where none is left, the function returns.
  mutating func takeFuel() {
    emit(.globalGet(ModuleWriter.fuelGlobal), .i32Const(1), .numeric(.i32Sub), .globalSet(ModuleWriter.fuelGlobal))
    emit(.globalGet(ModuleWriter.fuelGlobal), .i32Const(0), .numeric(.i32LtS), .if(.empty))
    for result in type.results { emit(.zero(result)) }
    emit(.return, .end)
  }

  /// The local that holds a value of a type for a moment.
  func scratch(_ type: ValueType) -> LocalIndex {
    LocalIndex(locals.count - 4 + (ValueType.allCases.firstIndex(of: type) ?? 0))
  }

  /// A local of a type; there is always one.
  mutating func local(_ type: ValueType) -> LocalIndex {
    random.pick(locals.indices.filter { locals[$0] == type }.map(LocalIndex.init)) ?? scratch(type)
  }

  /// A global of a type, if there is one.
  mutating func global(_ type: ValueType, mutable: Bool) -> GlobalIndex? {
    let fitting = module.globals.indices.filter {
      module.globals[$0].value == type && (module.globals[$0].isMutable || !mutable)
    }
    return random.pick(fitting).map { GlobalIndex($0 + 1) }
  }
}

extension WebAssembly.Operation {
  static func zero(_ type: ValueType) -> WebAssembly.Operation {
    switch type {
    case .i32: .i32Const(0)
    case .i64: .i64Const(0)
    case .f32: .f32Const(bitPattern: 0)
    case .f64: .f64Const(bitPattern: 0)
    }
  }
}
