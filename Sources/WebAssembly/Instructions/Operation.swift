/// What an instruction does, with its immediates. Cases are named as in the specification.
///
/// Structured instructions are flat: `block`, `loop` and `if` open a construct, `else` divides an `if`, `end` closes
/// the innermost construct.
public enum Operation: Hashable, Sendable {
  // Control.
  case unreachable
  case nop
  case block(BlockType)
  case loop(BlockType)
  case `if`(BlockType)
  case `else`
  case end
  case br(LabelIndex)
  case brIf(LabelIndex)
  case brTable(BranchTable)
  case `return`
  case call(FunctionIndex)
  /// A call through table 0 of a function of the given type.
  case callIndirect(TypeIndex)

  // Operands and variables.
  case drop
  case select
  case localGet(LocalIndex)
  case localSet(LocalIndex)
  case localTee(LocalIndex)
  case globalGet(GlobalIndex)
  case globalSet(GlobalIndex)

  // Memory 0.
  case load(LoadOperator, MemoryArgument)
  case store(StoreOperator, MemoryArgument)
  case memorySize
  case memoryGrow
  case memoryInit(DataIndex)
  case dataDrop(DataIndex)
  case memoryCopy
  case memoryFill

  // Table 0.
  case tableInit(ElementIndex)
  case elemDrop(ElementIndex)
  case tableCopy

  // Numbers.
  case i32Const(Int32)
  case i64Const(Int64)
  /// The bits of the binary32 number, kept apart from `Float` so that every NaN survives.
  case f32Const(bitPattern: UInt32)
  /// The bits of the binary64 number.
  case f64Const(bitPattern: UInt64)
  /// An operator without immediates on operands of number types.
  case numeric(NumericOperator)
}

/// The labels of a `br_table`.
public struct BranchTable: Hashable, Sendable {
  /// The labels by operand value.
  public var labels: [LabelIndex]
  /// The label for every operand that is not an index of `labels`.
  public var defaultLabel: LabelIndex

  /// A table of `labels` and `defaultLabel`.
  public init(labels: [LabelIndex], defaultLabel: LabelIndex) {
    self.labels = labels
    self.defaultLabel = defaultLabel
  }
}

/// The immediates of a load or store.
public struct MemoryArgument: Hashable, Sendable {
  /// The exponent a of the alignment hint 2ᵃ, in bytes.
  public var alignment: UInt32
  /// The constant added to the address operand, without wrapping.
  public var offset: UInt32

  /// An access at `offset`, aligned to 2 to the power `alignment`.
  public init(alignment: UInt32, offset: UInt32) {
    self.alignment = alignment
    self.offset = offset
  }
}
