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

  /// When the references are copied.
  public var mode: Mode
  /// The references, `nil` for a null reference.
  public var references: [FunctionIndex?]
  /// Where the segment stands in the file.
  public var offset: Int

  /// A segment of `references`, declared at `offset`.
  public init(mode: Mode, references: [FunctionIndex?], offset: Int) {
    self.mode = mode
    self.references = references
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
