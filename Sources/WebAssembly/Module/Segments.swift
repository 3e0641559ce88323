/// Function references to be copied into a table.
public struct ElementSegment: Hashable, Sendable {
  /// When the references are copied.
  public enum Mode: Hashable, Sendable {
    /// When `table.init` asks for it.
    case passive
    /// At instantiation, to `offset` (a constant expression, its final `end` included) of `table`.
    case active(table: TableIndex, offset: [Instruction])
    /// Never: the segment only declares that references to the functions are taken.
    case declarative
  }

  /// The references, in the form the file gives them.
  public enum Items: Hashable, Sendable {
    case functions([FunctionIndex])
    /// One constant expression (`ref.func` or `ref.null`, then `end`) for each reference.
    case expressions([[Instruction]])
  }

  /// When the references are copied.
  public var mode: Mode
  /// The references.
  public var items: Items
  /// Where the segment stands in the file.
  public var offset: Int

  /// A segment of `items`, declared at `offset`.
  public init(mode: Mode, items: Items, offset: Int) {
    self.mode = mode
    self.items = items
    self.offset = offset
  }
}

/// Bytes to be copied into a memory.
public struct DataSegment: Hashable, Sendable {
  /// When the bytes are copied.
  public enum Mode: Hashable, Sendable {
    /// When `memory.init` asks for it.
    case passive
    /// At instantiation, to `offset` (a constant expression, its final `end` included) of `memory`.
    case active(memory: MemoryIndex, offset: [Instruction])
  }

  /// When the bytes are copied.
  public var mode: Mode
  /// The bytes.
  public var bytes: [UInt8]
  /// Where the segment stands in the file.
  public var offset: Int

  /// A segment of `bytes`, declared at `offset`.
  public init(mode: Mode, bytes: [UInt8], offset: Int) {
    self.mode = mode
    self.bytes = bytes
    self.offset = offset
  }
}
