extension Operation {
  /// The name in the text format, such as `local.get`.
  public var name: String {
    switch self {
    case .unreachable: "unreachable"
    case .nop: "nop"
    case .block: "block"
    case .loop: "loop"
    case .if: "if"
    case .else: "else"
    case .end: "end"
    case .br: "br"
    case .brIf: "br_if"
    case .brTable: "br_table"
    case .return: "return"
    case .call: "call"
    case .callIndirect: "call_indirect"
    case .drop: "drop"
    case .select: "select"
    case .localGet: "local.get"
    case .localSet: "local.set"
    case .localTee: "local.tee"
    case .globalGet: "global.get"
    case .globalSet: "global.set"
    case .load(let loadOperator, _): loadOperator.rawValue
    case .store(let storeOperator, _): storeOperator.rawValue
    case .memorySize: "memory.size"
    case .memoryGrow: "memory.grow"
    case .memoryInit: "memory.init"
    case .dataDrop: "data.drop"
    case .memoryCopy: "memory.copy"
    case .memoryFill: "memory.fill"
    case .tableInit: "table.init"
    case .elemDrop: "elem.drop"
    case .tableCopy: "table.copy"
    case .i32Const: "i32.const"
    case .i64Const: "i64.const"
    case .f32Const: "f32.const"
    case .f64Const: "f64.const"
    case .numeric(let numericOperator): numericOperator.rawValue
    }
  }
}
