import WebAssembly

/// Executes the i32 part of a valid module as the specification says, one structured instruction at a time.
struct WebAssemblyOracle {
  /// Why execution stopped before the end.
  struct Trap: Error {
    var isOutOfFuel = false
  }

  /// Where a branch to a label goes on, and with which operands.
  private struct Frame {
    let target: Int
    let height: Int
    let arity: Int
  }

  let module: Module
  var memory: [UInt8]
  private(set) var output: [UInt8] = []
  private var globals: [UInt32]
  private var stack: [UInt32] = []
  private var fuel: Int
  /// For each function, the index of the `else` and `end` that belong to an opening instruction.
  private let matches: [[Int: (alternative: Int?, end: Int)]]

  init(_ module: Module, fuel: Int) {
    self.module = module
    self.fuel = fuel
    memory = Array(repeating: 0, count: Int(module.memories.first?.limits.minimum ?? 0) * 65_536)
    globals = module.globals.map {
      if case .i32Const(let value)? = $0.initialValue.first?.operation { UInt32(bitPattern: value) } else { 0 }
    }
    matches = module.functions.map { Self.matches(in: $0.body) }
    for segment in module.data {
      if case .active(_, let offset) = segment.mode, case .i32Const(let start)? = offset.first?.operation {
        memory.replaceSubrange(Int(start)..<Int(start) + segment.bytes.count, with: segment.bytes)
      }
    }
  }

  private static func matches(in body: [Instruction]) -> [Int: (alternative: Int?, end: Int)] {
    var result: [Int: (alternative: Int?, end: Int)] = [:]
    var open: [(start: Int, alternative: Int?)] = [(-1, nil)]
    for (index, instruction) in body.enumerated() {
      switch instruction.operation {
      case .block, .loop, .if: open.append((index, nil))
      case .else: open[open.count - 1].alternative = index
      case .end:
        let last = open.removeLast()
        result[last.start] = (last.alternative, index)
        if let alternative = last.alternative { result[alternative] = (nil, index) }
      default: break
      }
    }
    return result
  }

  private func type(of function: Int) -> FunctionType {
    module.types[Int(function == 0 ? 0 : module.functions[function - 1].type)]
  }

  /// Calls a function with its arguments on the stack. Function 0 is the imported output.
  mutating func call(_ function: Int) throws(Trap) {
    let type = type(of: function)
    if function == 0 {
      output.append(UInt8(truncatingIfNeeded: stack.removeLast()))
      return
    }
    let definition = module.functions[function - 1]
    let arguments = Array(stack.suffix(type.parameters.count))
    stack.removeLast(type.parameters.count)
    var locals = arguments + Array(repeating: 0, count: definition.localCount)
    let matches = matches[function - 1]
    func end(_ index: Int) -> Int { matches[index]?.end ?? 0 }
    var frames = [Frame(target: definition.body.count, height: stack.count, arity: type.results.count)]
    var index = 0
    while index < definition.body.count {
      fuel -= 1
      if fuel < 0 { throw Trap(isOutOfFuel: true) }
      switch definition.body[index].operation {
      case .block(let blockType):
        let type = functionType(blockType)
        frames.append(
          Frame(
            target: end(index) + 1, height: stack.count - type.parameters.count, arity: type.results.count))
      case .loop(let blockType):
        let count = functionType(blockType).parameters.count
        frames.append(Frame(target: index, height: stack.count - count, arity: count))
      case .if(let blockType):
        let type = functionType(blockType)
        let isTrue = stack.removeLast() != 0
        let alternative = matches[index]?.alternative
        if isTrue || alternative != nil {
          frames.append(
            Frame(target: end(index) + 1, height: stack.count - type.parameters.count, arity: type.results.count))
        }
        if !isTrue { index = alternative ?? end(index) }
      case .else:
        // The end of the first branch: on to the `end`.
        index = end(index) - 1
      case .end: frames.removeLast()
      case .br(let label): index = branch(label, &frames)
      case .brIf(let label): if stack.removeLast() != 0 { index = branch(label, &frames) }
      case .brTable(let table):
        let operand = Int(stack.removeLast())
        index = branch(operand < table.labels.count ? table.labels[operand] : table.defaultLabel, &frames)
      case .return: index = branch(LabelIndex(frames.count - 1), &frames)
      case .call(let callee): try call(Int(callee))
      case .callIndirect(let type):
        let callee = try tableElement(stack.removeLast())
        guard self.type(of: callee) == module.types[Int(type)] else { throw Trap() }
        try call(callee)
      case .localGet(let local): stack.append(locals[Int(local)])
      case .localSet(let local): locals[Int(local)] = stack.removeLast()
      case .localTee(let local): locals[Int(local)] = stack[stack.count - 1]
      default: try execute(definition.body[index].operation)
      }
      index += 1
    }
  }

  /// Keeps a label's operands, drops what lies below them; returns the index before the one to go on at.
  private mutating func branch(_ label: LabelIndex, _ frames: inout [Frame]) -> Int {
    let frame = frames[frames.count - 1 - Int(label)]
    frames.removeLast(Int(label) + 1)
    stack = Array(stack.prefix(frame.height)) + Array(stack.suffix(frame.arity))
    return frame.target - 1
  }

  private func functionType(_ blockType: BlockType) -> FunctionType {
    switch blockType {
    case .empty: FunctionType(parameters: [], results: [])
    case .result(let type): FunctionType(parameters: [], results: [type])
    case .type(let index): module.types[Int(index)]
    }
  }

  private func tableElement(_ index: UInt32) throws(Trap) -> Int {
    for segment in module.elements {
      if case .active(_, let offset) = segment.mode, case .i32Const(let start)? = offset.first?.operation,
        Int(index) - Int(start) >= 0, Int(index) - Int(start) < segment.references.count,
        let reference = segment.references[Int(index) - Int(start)]
      {
        return Int(reference)
      }
    }
    throw Trap()
  }

  private mutating func execute(_ operation: Operation) throws(Trap) {
    switch operation {
    case .nop: break
    case .unreachable: throw Trap()
    case .drop: stack.removeLast()
    case .select:
      let condition = stack.removeLast()
      let second = stack.removeLast()
      if condition == 0 { stack[stack.count - 1] = second }
    case .globalGet(let index): stack.append(globals[Int(index)])
    case .globalSet(let index): globals[Int(index)] = stack.removeLast()
    case .i32Const(let value): stack.append(UInt32(bitPattern: value))
    case .memorySize: stack.append(module.memories[0].limits.minimum)
    case .load(let load, let argument): try self.load(load, argument)
    case .store(let store, let argument): try self.store(store, argument)
    case .numeric(let operation): try calculate(operation)
    default: throw Trap()
    }
  }

  private mutating func load(_ load: LoadOperator, _ argument: MemoryArgument) throws(Trap) {
    let address = Int(stack.removeLast()) + Int(argument.offset)
    let count = load == .i32Load ? 4 : load == .i32Load16S || load == .i32Load16U ? 2 : 1
    guard address + count <= memory.count else { throw Trap() }
    var value: UInt32 = 0
    for byte in (0..<count).reversed() { value = value << 8 | UInt32(memory[address + byte]) }
    switch load {
    case .i32Load8S: value = UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: value)))
    case .i32Load16S: value = UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: value)))
    default: break
    }
    stack.append(value)
  }

  private mutating func store(_ store: StoreOperator, _ argument: MemoryArgument) throws(Trap) {
    let value = stack.removeLast()
    let address = Int(stack.removeLast()) + Int(argument.offset)
    let count = store == .i32Store ? 4 : store == .i32Store16 ? 2 : 1
    guard address + count <= memory.count else { throw Trap() }
    for byte in 0..<count { memory[address + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte)) }
  }

  private mutating func calculate(_ operation: NumericOperator) throws(Trap) {
    let isUnary = operation == .i32Eqz || IntegerOperation.unary.contains(operation)
    let right = isUnary ? 0 : stack.removeLast()
    let left = stack.removeLast()
    guard let result = Self.comparison(operation, left, right) ?? IntegerOperation.result(operation, left, right)
    else { throw Trap() }
    stack.append(result)
  }

  private static func comparison(_ operation: NumericOperator, _ a: UInt32, _ b: UInt32) -> UInt32? {
    let (signedA, signedB) = (Int32(bitPattern: a), Int32(bitPattern: b))
    switch operation {
    case .i32Add: return a &+ b
    case .i32Sub: return a &- b
    case .i32Eqz: return a == 0 ? 1 : 0
    case .i32Eq: return a == b ? 1 : 0
    case .i32Ne: return a != b ? 1 : 0
    case .i32LtU: return a < b ? 1 : 0
    case .i32GtU: return a > b ? 1 : 0
    case .i32LeU: return a <= b ? 1 : 0
    case .i32GeU: return a >= b ? 1 : 0
    case .i32LtS: return signedA < signedB ? 1 : 0
    case .i32GtS: return signedA > signedB ? 1 : 0
    case .i32LeS: return signedA <= signedB ? 1 : 0
    case .i32GeS: return signedA >= signedB ? 1 : 0
    default: return nil
    }
  }
}
