/// The opcodes of the binary format: for each, the operation that it and the immediates after it make.
///
/// This is the one place that ties codes to operations; names are those of ``Operation/name``.
package struct OpcodeTable: Sendable {
  /// An opcode and what follows it.
  package struct Row: Sendable {
    /// The code: one byte, or the integer after the prefix byte.
    package let code: UInt8
    /// The immediates after the code, with the operation that they make.
    package let immediates: Immediates

    init(_ code: UInt8, _ immediates: Immediates) {
      self.code = code
      self.immediates = immediates
    }
  }

  /// What follows an opcode, with the operation that it makes.
  package enum Immediates: Sendable {
    case none(Operation)
    /// One zero byte or several, each in the place of an index of a memory or table.
    case zeroFlags(Int, Operation)
    case index(@Sendable (UInt32) -> Operation)
    /// An index, then a zero byte in the place of an index of a memory or table.
    case indexAndZeroFlag(@Sendable (UInt32) -> Operation)
    case blockType(@Sendable (BlockType) -> Operation)
    case branchTable(@Sendable (BranchTable) -> Operation)
    case memoryArgument(@Sendable (MemoryArgument) -> Operation)
    case i32(@Sendable (Int32) -> Operation)
    case i64(@Sendable (Int64) -> Operation)
    case f32(@Sendable (UInt32) -> Operation)
    case f64(@Sendable (UInt64) -> Operation)
  }

  /// The byte before the codes of ``prefixed``.
  package static let prefix: UInt8 = 0xFC
  /// The opcodes of one byte.
  package static let plain = OpcodeTable(control + variables + memory + numbers)
  /// The opcodes after the prefix byte.
  package static let prefixed = OpcodeTable(saturatingConversions + bulkMemory)

  /// The rows, in the order of their codes.
  package let rows: [Row]
  private let immediatesByCode: [Immediates?]

  private init(_ rows: [Row]) {
    var immediatesByCode: [Immediates?] = Array(repeating: nil, count: Int(UInt8.max) + 1)
    for row in rows { immediatesByCode[Int(row.code)] = row.immediates }
    self.rows = rows
    self.immediatesByCode = immediatesByCode
  }

  /// The immediates after `code`, or `nil` where no instruction has that code.
  package subscript(code: UInt32) -> Immediates? {
    code < immediatesByCode.count ? immediatesByCode[Int(code)] : nil
  }
}

extension OpcodeTable {
  private static let control = [
    Row(0x00, .none(.unreachable)),
    Row(0x01, .none(.nop)),
    Row(0x02, .blockType(Operation.block)),
    Row(0x03, .blockType(Operation.loop)),
    Row(0x04, .blockType(Operation.if)),
    Row(0x05, .none(.else)),
    Row(0x0B, .none(.end)),
    Row(0x0C, .index(Operation.br)),
    Row(0x0D, .index(Operation.brIf)),
    Row(0x0E, .branchTable(Operation.brTable)),
    Row(0x0F, .none(.return)),
    Row(0x10, .index(Operation.call)),
    Row(0x11, .indexAndZeroFlag(Operation.callIndirect)),
  ]

  private static let variables = [
    Row(0x1A, .none(.drop)),
    Row(0x1B, .none(.select)),
    Row(0x20, .index(Operation.localGet)),
    Row(0x21, .index(Operation.localSet)),
    Row(0x22, .index(Operation.localTee)),
    Row(0x23, .index(Operation.globalGet)),
    Row(0x24, .index(Operation.globalSet)),
  ]

  private static let memory =
    rows(from: 0x28, LoadOperator.allCases) { load in .memoryArgument { .load(load, $0) } }
    + rows(from: 0x36, StoreOperator.allCases) { store in .memoryArgument { .store(store, $0) } }
    + [
      Row(0x3F, .zeroFlags(1, .memorySize)),
      Row(0x40, .zeroFlags(1, .memoryGrow)),
    ]

  private static let numbers =
    [
      Row(0x41, .i32(Operation.i32Const)),
      Row(0x42, .i64(Operation.i64Const)),
      Row(0x43, .f32(Operation.f32Const(bitPattern:))),
      Row(0x44, .f64(Operation.f64Const(bitPattern:))),
    ] + rows(from: 0x45, NumericOperator.plain) { .none(.numeric($0)) }

  private static let saturatingConversions = rows(from: 0, NumericOperator.saturating) { .none(.numeric($0)) }

  private static let bulkMemory = [
    Row(8, .indexAndZeroFlag(Operation.memoryInit)),
    Row(9, .index(Operation.dataDrop)),
    Row(10, .zeroFlags(2, .memoryCopy)),
    Row(11, .zeroFlags(1, .memoryFill)),
    Row(12, .indexAndZeroFlag(Operation.tableInit)),
    Row(13, .index(Operation.elemDrop)),
    Row(14, .zeroFlags(2, .tableCopy)),
  ]

  /// Rows for `operators`, whose codes follow one another from `first`.
  private static func rows<Operators: Sequence>(
    from first: UInt8, _ operators: Operators, _ immediates: (Operators.Element) -> Immediates
  ) -> [Row] {
    zip(first..., operators).map { code, element in Row(code, immediates(element)) }
  }
}

extension NumericOperator {
  /// The operators with a code of one byte.
  fileprivate static var plain: ArraySlice<NumericOperator> { allCases.prefix { $0 != .i32TruncSatF32S } }
  /// The operators after the prefix byte.
  fileprivate static var saturating: ArraySlice<NumericOperator> { allCases.drop { $0 != .i32TruncSatF32S } }
}
