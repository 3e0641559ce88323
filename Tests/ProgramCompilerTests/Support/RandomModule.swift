import RandomNumbers
import WebAssembly

/// Writes random valid modules that always come to an end: loops count down, and functions call only later ones.
struct RandomModule {
  /// A label that a branch may lead to.
  private struct Label {
    let arity: Int
    let isLoop: Bool
  }

  private static let types: [FunctionType] = [
    FunctionType(parameters: [.i32, .i32], results: [.i32]),
    FunctionType(parameters: [.i32], results: [.i32, .i32]),
    FunctionType(parameters: [.i32, .i32], results: [.i32, .i32]),
    FunctionType(parameters: [], results: [.i32]),
    FunctionType(parameters: [.i32], results: []),
  ]
  private static let functionCount = 5
  private static let globalCount = 3
  private static let comparisons: [NumericOperator] = [
    .i32Eq, .i32Ne, .i32LtS, .i32LtU, .i32GtS, .i32GtU, .i32LeS, .i32LeU, .i32GeS, .i32GeU, .i32Add, .i32Sub,
  ]

  private var generator: SplitMix64
  private var body: [Operation] = []
  private var labels: [Label] = []
  private var function = 0
  private var parameterCount = 0
  /// Variables that statements may write; those behind count loops.
  private var freeLocalCount = 0
  private var localCount = 0

  static func make(seed: UInt64) -> Module {
    var writer = RandomModule(generator: SplitMix64(seed: seed))
    return writer.makeModule()
  }

  private init(generator: SplitMix64) {
    self.generator = generator
  }

  private mutating func makeModule() -> Module {
    let typeIndices = (0..<Self.functionCount).map { $0 == 0 ? 1 : 2 + Int.random(in: 0..<5, using: &generator) }
    var functions: [Function] = []
    let types = ModuleSketch.module(types: Self.types, []).types
    for (index, type) in typeIndices.enumerated() {
      functions.append(makeFunction(index, types[type], typeIndices, types, index: TypeIndex(type)))
    }
    var module = ModuleSketch.module(types: Self.types, functions)
    module.globals = (0..<Self.globalCount).map { index in
      Global(
        type: GlobalType(value: .i32, isMutable: index < Self.globalCount - 1),
        initialValue: [.const(generator.number()), .end].map { Instruction($0, offset: 0) }, offset: 0)
    }
    module.tables = [TableType(limits: Limits(minimum: 8), offset: 0)]
    // Functions may only call later ones: so the table serves the entry alone.
    module.elements = [
      ElementSegment(
        mode: .active(table: 0, offset: [.const(1), .end].map { Instruction($0, offset: 0) }),
        references: [2, nil, 3, 4, 5], offset: 0)
    ]
    let bytes = (0..<40).map { _ in UInt8.random(in: 0...3, using: &generator) }
    module.data = [
      DataSegment(
        mode: .active(memory: 0, offset: [.const(100), .end].map { Instruction($0, offset: 0) }), bytes: bytes,
        offset: 0)
    ]
    return module
  }

  // MARK: Functions

  private var typeIndices: [Int] = []
  private var allTypes: [FunctionType] = []

  private mutating func makeFunction(
    _ function: Int, _ type: FunctionType, _ typeIndices: [Int], _ types: [FunctionType], index: TypeIndex
  ) -> Function {
    (self.function, self.typeIndices, allTypes) = (function, typeIndices, types)
    parameterCount = type.parameters.count
    freeLocalCount = parameterCount + Int.random(in: 1...4, using: &generator)
    localCount = freeLocalCount
    body = []
    labels = [Label(arity: type.results.count, isLoop: false)]
    for _ in 0..<Int.random(in: 2...6, using: &generator) { writeStatement(3) }
    writeValues(type.results.count, 2)
    return ModuleSketch.function(index, locals: localCount - parameterCount, body)
  }

  // MARK: Statements

  private mutating func writeStatements(_ depth: Int) {
    for _ in 0..<Int.random(in: 0...3, using: &generator) { writeStatement(depth) }
  }

  private mutating func writeStatement(_ depth: Int) {
    switch Int.random(in: 0..<(depth > 0 ? 17 : 6), using: &generator) {
    case 0, 1:
      writeValue(depth)
      body.append(.localSet(freeLocal()))
    case 2:
      writeValue(depth)
      body.append(.globalSet(GlobalIndex.random(in: 0..<2, using: &generator)))
    case 3:
      writeAddress(depth)
      writeValue(depth)
      let store = [StoreOperator.i32Store, .i32Store8, .i32Store16].randomElement(using: &generator) ?? .i32Store
      body.append(.store(store, MemoryArgument(alignment: 0, offset: .random(in: 0...9, using: &generator))))
    case 4, 5, 6:
      writeValue(depth)
      body.append(.output)
    case 7, 8:
      writeValue(depth - 1)
      open(.if(.empty), arity: 0)
      writeStatements(depth - 1)
      if Bool.random(using: &generator) {
        body.append(.else)
        writeStatements(depth - 1)
      }
      close()
    case 9:
      open(.block(.empty), arity: 0)
      writeStatements(depth - 1)
      close()
    case 10: writeLoop(depth - 1)
    case 11: writeConditionalBranch(depth - 1)
    case 12:
      open(.block(.empty), arity: 0)
      writeJump(depth - 1)
      close()
    case 13: writeCall(depth - 1, keeping: 0)
    case 14:
      // A block that takes two operands and gives two back.
      writeValues(2, depth - 1)
      open(.block(.type(4)), arity: 2)
      body.append(.numeric(Self.comparisons.randomElement(using: &generator) ?? .i32Add))
      writeValue(depth - 1)
      close()
      body += [.output, .drop]
    case 15 where function == 0:
      writeValues(2, depth - 1)
      body += [.const(.random(in: 0...7, using: &generator)), .callIndirect(2), .output]
    default: body.append(.nop)
    }
  }

  /// Counts a variable of its own down.
  private mutating func writeLoop(_ depth: Int) {
    let counter = LocalIndex(localCount)
    localCount += 1
    body += [.const(.random(in: 1...3, using: &generator)), .localSet(counter)]
    open(.loop(.empty), arity: 0, isLoop: true)
    writeStatements(depth)
    body += [.localGet(counter), .const(1), .numeric(.i32Sub), .localTee(counter), .brIf(0)]
    close()
  }

  /// A label that a branch may lead to without going around for ever.
  private mutating func label() -> (index: LabelIndex, arity: Int) {
    let targets = labels.indices.filter { !labels[$0].isLoop }
    let target = targets.randomElement(using: &generator) ?? 0
    return (LabelIndex(labels.count - 1 - target), labels[target].arity)
  }

  /// Operands that a branch leaves behind.
  private mutating func writeSurplus() -> Int {
    let count = Int.random(in: 0...2, using: &generator)
    writeValues(count, 0)
    return count
  }

  private mutating func writeConditionalBranch(_ depth: Int) {
    let surplus = writeSurplus()
    let (index, arity) = label()
    writeValues(arity, depth)
    writeValue(depth)
    body.append(.brIf(index))
    // What stays behind is used, in ways that put a constant under it.
    for _ in 0..<arity + surplus {
      let use: [Operation] = [.const(generator.number()), .numeric(.i32Rotr), .numeric(.i32Extend16S), .output]
      body += Bool.random(using: &generator) ? use : [.drop]
    }
  }

  /// Leaves for good, with code behind that nothing reaches.
  private mutating func writeJump(_ depth: Int) {
    _ = writeSurplus()
    let (index, arity) = label()
    writeValues(arity, depth)
    let others = labels.indices.filter { !labels[$0].isLoop && labels[$0].arity == arity }
      .map { LabelIndex(labels.count - 1 - $0) }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0:
      let table = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        others.randomElement(using: &generator) ?? index
      }
      writeValue(depth)
      body += [.const(7), .numeric(.i32And)]
      body.append(.brTable(BranchTable(labels: table, defaultLabel: index)))
    case 1 where index == labels.count - 1: body.append(.return)
    default: body.append(.br(index))
    }
    if Bool.random(using: &generator) {
      body += [.drop, .block(.empty), .numeric(.i32Add), .br(0), .else, .end].filter { $0 != .else }
      body += [.if(.empty), .else, .unreachable, .end]
    }
  }

  private mutating func writeCall(_ depth: Int, keeping count: Int) {
    guard function + 1 < Self.functionCount else {
      for _ in 0..<count { body.append(.const(generator.number())) }
      return
    }
    let callee = Int.random(in: function + 1..<Self.functionCount, using: &generator)
    let type = allTypes[typeIndices[callee]]
    writeValues(type.parameters.count, depth)
    body.append(.call(FunctionIndex(callee + 1)))
    let surplus = type.results.count - count
    if surplus > 0 { body += Array(repeating: .drop, count: surplus) }
    if surplus < 0 { for _ in 0..<(-surplus) { body.append(.const(generator.number())) } }
  }

  private mutating func open(_ operation: Operation, arity: Int, isLoop: Bool = false) {
    body.append(operation)
    labels.append(Label(arity: arity, isLoop: isLoop))
  }

  private mutating func close() {
    body.append(.end)
    labels.removeLast()
  }

  // MARK: Values

  private mutating func freeLocal() -> LocalIndex {
    LocalIndex.random(in: 0..<LocalIndex(freeLocalCount), using: &generator)
  }

  private mutating func writeAddress(_ depth: Int) {
    writeValue(depth - 1)
    body += [.const(0xFF), .numeric(.i32And)]
  }

  private mutating func writeValues(_ count: Int, _ depth: Int) {
    for _ in 0..<count { writeValue(depth) }
  }

  private mutating func writeValue(_ depth: Int) {
    switch Int.random(in: 0..<(depth > 0 ? 15 : 4), using: &generator) {
    case 0: body.append(.const(generator.number()))
    case 1, 2: body.append(.localGet(LocalIndex.random(in: 0..<LocalIndex(localCount), using: &generator)))
    case 3: body.append(.globalGet(GlobalIndex.random(in: 0..<3, using: &generator)))
    case 4, 5:
      writeValues(2, depth - 1)
      body.append(.numeric(Self.comparisons.randomElement(using: &generator) ?? .i32Add))
    case 6:
      // Masks that small numbers do not need.
      writeValue(depth - 1)
      body += [.const([1, 3, 0xFF, 0xFFFF].randomElement(using: &generator) ?? 1), .numeric(.i32And)]
    case 7:
      writeValue(depth - 1)
      if Bool.random(using: &generator) { writeValue(depth - 1) } else { body.append(.const(generator.number())) }
      body.append(.numeric(IntegerOperation.binary.randomElement(using: &generator) ?? .i32Mul))
    case 8:
      writeValue(depth - 1)
      body.append(.numeric(([.i32Eqz] + IntegerOperation.unary).randomElement(using: &generator) ?? .i32Eqz))
    case 9:
      writeAddress(depth)
      let loads: [LoadOperator] = [.i32Load, .i32Load8S, .i32Load8U, .i32Load16S, .i32Load16U]
      let load = loads.randomElement(using: &generator) ?? .i32Load
      body.append(.load(load, MemoryArgument(alignment: 0, offset: .random(in: 0...9, using: &generator))))
    case 10:
      writeValues(3, depth - 1)
      body.append(.select)
    case 11:
      writeValue(depth - 1)
      open(.if(.result(.i32)), arity: 1)
      writeValue(depth - 1)
      body.append(.else)
      writeStatements(depth - 1)
      writeValue(depth - 1)
      close()
    case 12:
      open(.block(.result(.i32)), arity: 1)
      writeStatements(depth - 1)
      writeValue(depth - 1)
      if Bool.random(using: &generator) {
        writeValue(depth - 1)
        body += [.brIf(0), .numeric(.i32Extend8S)]
      }
      close()
    case 13: writeCall(depth - 1, keeping: 1)
    default:
      writeValue(depth - 1)
      body.append(.localTee(freeLocal()))
    }
  }
}
