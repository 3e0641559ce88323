extension ByteWriter {
  /// The instructions of a body or a constant expression, whose last is its `end`.
  mutating func append(_ instructions: [Instruction]) {
    for instruction in instructions { append(instruction.operation) }
  }

  private mutating func append(_ operation: Operation) {
    guard let opcode = OpcodeTable.opcodes[operation.name] else { return }
    if opcode.isPrefixed {
      append(OpcodeTable.prefix)
      append(unsigned: UInt32(opcode.row.code))
    } else {
      append(opcode.row.code)
    }
    appendImmediates(of: operation)
    switch opcode.row.immediates {
    case .zeroFlags(let count, _): append(repeatElement(0, count: count))
    case .indexAndZeroFlag: append(0)
    default: break
    }
  }

  private mutating func appendImmediates(of operation: Operation) {
    switch operation {
    case .block(let type), .loop(let type), .if(let type): append(type)
    case .br(let index), .brIf(let index), .call(let index), .callIndirect(let index),
      .localGet(let index), .localSet(let index), .localTee(let index),
      .globalGet(let index), .globalSet(let index),
      .memoryInit(let index), .dataDrop(let index), .tableInit(let index), .elemDrop(let index):
      append(unsigned: index)
    case .brTable(let table):
      appendVector(table.labels) { $0.append(unsigned: $1) }
      append(unsigned: table.defaultLabel)
    case .load(_, let argument), .store(_, let argument):
      append(unsigned: argument.alignment)
      append(unsigned: argument.offset)
    case .i32Const(let value): append(signed: Int64(value))
    case .i64Const(let value): append(signed: value)
    case .f32Const(let bits): append(littleEndian: bits)
    case .f64Const(let bits): append(littleEndian: bits)
    case .unreachable, .nop, .else, .end, .return, .drop, .select, .memorySize, .memoryGrow, .memoryCopy, .memoryFill,
      .tableCopy, .numeric:
      break
    }
  }
}

extension OpcodeTable {
  /// The opcodes by the names of their operations, every operation's among them.
  fileprivate static let opcodes: [String: (isPrefixed: Bool, row: Row)] = {
    var opcodes: [String: (isPrefixed: Bool, row: Row)] = [:]
    for row in plain.rows { opcodes[row.immediates.name] = (false, row) }
    for row in prefixed.rows { opcodes[row.immediates.name] = (true, row) }
    return opcodes
  }()
}

extension OpcodeTable.Immediates {
  /// The name of the operations that are made of them.
  package var name: String {
    switch self {
    case .none(let operation), .zeroFlags(_, let operation): operation.name
    case .index(let make), .indexAndZeroFlag(let make): make(0).name
    case .blockType(let make): make(.empty).name
    case .branchTable(let make): make(BranchTable(labels: [], defaultLabel: 0)).name
    case .memoryArgument(let make): make(MemoryArgument(alignment: 0, offset: 0)).name
    case .i32(let make): make(0).name
    case .i64(let make): make(0).name
    case .f32(let make): make(0).name
    case .f64(let make): make(0).name
    }
  }
}
