/// One instruction of a body or constant expression, and where it stands in the file.
public struct Instruction: Hashable, Sendable {
  /// What the instruction does, with its immediates.
  public var operation: Operation
  /// Where the opcode's first byte stands in the file.
  public var offset: Int

  /// The instruction `operation`, found at `offset`.
  public init(_ operation: Operation, offset: Int) {
    self.operation = operation
    self.offset = offset
  }

  /// The instruction's name in the text format, such as `i32.const`.
  public var name: String { operation.name }
}
