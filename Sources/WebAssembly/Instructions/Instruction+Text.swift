extension Operation: CustomStringConvertible {
  /// The operation in the text format, such as `i32.load offset=8 align=4`.
  ///
  /// Indices stay numbers and floating-point constants are shown by value, for people to read; of a NaN the bits are
  /// shown.
  public var description: String {
    switch self {
    case .block(let type), .loop(let type), .if(let type): name + type.text
    case .br(let index), .brIf(let index), .call(let index),
      .localGet(let index), .localSet(let index), .localTee(let index),
      .globalGet(let index), .globalSet(let index),
      .memoryInit(let index), .dataDrop(let index), .tableInit(let index), .elemDrop(let index):
      "\(name) \(index)"
    case .brTable(let table): ([name] + (table.labels + [table.defaultLabel]).map(String.init)).joined(separator: " ")
    case .callIndirect(let type): "\(name) (type \(type))"
    case .load(_, let argument), .store(_, let argument): name + argument.text
    case .i32Const(let value): "\(name) \(value)"
    case .i64Const(let value): "\(name) \(value)"
    case .f32Const(let bits): "\(name) \(text(Float(bitPattern: bits), bits: UInt64(bits)))"
    case .f64Const(let bits): "\(name) \(text(Double(bitPattern: bits), bits: bits))"
    case .unreachable, .nop, .else, .end, .return, .drop, .select, .memorySize, .memoryGrow, .memoryCopy, .memoryFill,
      .tableCopy, .numeric:
      name
    }
  }

  private func text(_ value: some BinaryFloatingPoint & CustomStringConvertible, bits: UInt64) -> String {
    value.isNaN ? "nan (0x\(String(bits, radix: 16)))" : value.description
  }
}

extension Instruction: CustomStringConvertible {
  /// The operation in the text format.
  public var description: String { operation.description }
}

extension BlockType {
  fileprivate var text: String {
    switch self {
    case .empty: ""
    case .result(let type): " (result \(type.rawValue))"
    case .type(let index): " (type \(index))"
    }
  }
}

extension MemoryArgument {
  /// The parts that the text format writes: the offset unless it is 0, and the alignment in bytes.
  fileprivate var text: String {
    let alignmentText = alignment < 64 ? "\(UInt64(1) << UInt64(alignment))" : "2^\(alignment)"
    return (offset == 0 ? "" : " offset=\(offset)") + " align=\(alignmentText)"
  }
}
