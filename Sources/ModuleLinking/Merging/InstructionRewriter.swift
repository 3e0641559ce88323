import WebAssembly

/// Rewrites an instance's instructions for the module that it becomes a part of.
struct InstructionRewriter {
  /// What a call to a function becomes.
  enum Callee {
    case function(FunctionIndex)
    /// A function that does nothing but take so many arguments.
    case nothing(parameters: Int)
  }

  /// What a global becomes.
  enum GlobalUse {
    case variable(GlobalIndex)
    case constant(Operation)
  }

  /// The number of the instance's first type.
  let firstType: TypeIndex
  let callees: [Callee]
  let globals: [GlobalUse]
  let memory: MemoryAccess?
  let table: TableAccess?

  /// A function of the instance with everything in its new place.
  func rewrite(_ function: Function, parameterCount: Int) -> Function {
    var rewritten = function
    rewritten.type += firstType
    var temporaries = TemporaryLocals(first: LocalIndex(parameterCount + function.localCount))
    rewritten.body = function.body.flatMap { instruction in
      operations(for: instruction.operation, &temporaries).map { Instruction($0, offset: instruction.offset) }
    }
    rewritten.locals += temporaries.types.map { Function.LocalRun(count: 1, type: $0) }
    return rewritten
  }

  private func operations(for operation: Operation, _ temporaries: inout TemporaryLocals) -> [Operation] {
    switch operation {
    case .block(let type): [.block(moved(type))]
    case .loop(let type): [.loop(moved(type))]
    case .if(let type): [.if(moved(type))]
    case .call(let callee):
      switch callees[Int(callee)] {
      case .function(let index): [.call(index)]
      case .nothing(let parameters): Array(repeating: .drop, count: parameters)
      }
    case .callIndirect(let type):
      if case .resolved(let resolve) = table {
        [.call(resolve), .callIndirect(type + firstType)]
      } else {
        [.callIndirect(type + firstType)]
      }
    case .globalGet(let index):
      switch globals[Int(index)] {
      case .variable(let variable): [.globalGet(variable)]
      case .constant(let constant): [constant]
      }
    case .globalSet(let index):
      if case .variable(let variable) = globals[Int(index)] { [.globalSet(variable)] } else { [operation] }
    case .load, .store, .memorySize, .memoryGrow, .memoryFill, .memoryCopy: accesses(for: operation, &temporaries)
    default: [operation]
    }
  }

  private func moved(_ type: BlockType) -> BlockType {
    if case .type(let index) = type { .type(index + firstType) } else { type }
  }

  private func accesses(for operation: Operation, _ temporaries: inout TemporaryLocals) -> [Operation] {
    switch memory {
    case nil, .whole: [operation]
    case .last(let base, let functions): lastAccess(operation, base, functions)
    case .inner(let pages, let functions):
      switch operation {
      case .memorySize: [.globalGet(pages)]
      case .load(let load, let argument):
        [.i32Const(argument.end(byteCount: load.byteCount)), .call(functions.check), operation]
      case .store(let store, let argument):
        checkedStore(store, argument, functions.check, temporaries.local(for: store.valueType))
      default: functions.call(for: operation)
      }
    }
  }

  private func lastAccess(_ operation: Operation, _ base: UInt32, _ functions: MemoryFunctions) -> [Operation] {
    switch operation {
    case .load(let load, let argument): [.load(load, argument.moved(by: base))]
    case .store(let store, let argument): [.store(store, argument.moved(by: base))]
    case .memorySize: [.memorySize, .i32Const(Int32(bitPattern: base)), .numeric(.i32Sub)]
    default: functions.call(for: operation)
    }
  }

  /// The value waits in a local while the address is being checked.
  private func checkedStore(
    _ store: StoreOperator, _ argument: MemoryArgument, _ check: FunctionIndex, _ temporary: LocalIndex
  ) -> [Operation] {
    [
      .localSet(temporary), .i32Const(argument.end(byteCount: store.byteCount)), .call(check), .localGet(temporary),
      .store(store, argument),
    ]
  }
}

extension MemoryFunctions {
  /// The call that does what an instruction without an address of its own does.
  fileprivate func call(for operation: Operation) -> [Operation] {
    switch operation {
    case .memoryGrow: [.call(grow)]
    case .memoryFill: [.call(fill)]
    case .memoryCopy: [.call(copy)]
    default: [operation]
    }
  }
}

/// Local variables that a function gets in addition, one for each type.
struct TemporaryLocals {
  let first: LocalIndex
  private(set) var types: [ValueType] = []

  init(first: LocalIndex) { self.first = first }

  mutating func local(for type: ValueType) -> LocalIndex {
    if let place = types.firstIndex(of: type) { return first + LocalIndex(place) }
    types.append(type)
    return first + LocalIndex(types.count - 1)
  }
}

extension MemoryArgument {
  /// How many bytes lie between the address operand and the end of what is accessed; all that is more than there can be counts the
  /// same.
  fileprivate func end(byteCount: Int) -> Int32 {
    Int32(truncatingIfNeeded: min(UInt64(offset) + UInt64(byteCount), UInt64(MemoryRegion.greatestPageCount + 1) << 16))
  }

  /// The same access so many pages further up.
  fileprivate func moved(by pages: UInt32) -> MemoryArgument {
    let offset = UInt64(offset) + UInt64(pages) << 16
    return MemoryArgument(alignment: alignment, offset: UInt32(clamping: offset))
  }
}

extension LoadOperator {
  fileprivate var byteCount: Int {
    switch self {
    case .i32Load8S, .i32Load8U, .i64Load8S, .i64Load8U: 1
    case .i32Load16S, .i32Load16U, .i64Load16S, .i64Load16U: 2
    case .i32Load, .f32Load, .i64Load32S, .i64Load32U: 4
    case .i64Load, .f64Load: 8
    }
  }
}

extension StoreOperator {
  fileprivate var byteCount: Int {
    switch self {
    case .i32Store8, .i64Store8: 1
    case .i32Store16, .i64Store16: 2
    case .i32Store, .f32Store, .i64Store32: 4
    case .i64Store, .f64Store: 8
    }
  }

  fileprivate var valueType: ValueType {
    switch self {
    case .i32Store, .i32Store8, .i32Store16: .i32
    case .i64Store, .i64Store8, .i64Store16, .i64Store32: .i64
    case .f32Store: .f32
    case .f64Store: .f64
    }
  }
}
