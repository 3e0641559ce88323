import InstructionSet

/// The tokens of one instruction, in the order of the trace.
struct InstructionTrace: Sendable {
  private var tokens: [Token] = []
  private var taken = 0

  /// The next token that was not yet taken.
  mutating func take() -> Token? {
    guard taken < tokens.count else { return nil }
    defer { taken += 1 }
    return tokens[taken]
  }

  mutating func begin() {
    tokens.removeAll(keepingCapacity: true)
    taken = 0
  }

  mutating func append(_ token: Token) {
    tokens.append(token)
  }

  /// The lowest bytes of a value, least significant first; bit i of `marks` marks byte i.
  mutating func append(_ value: UInt32, byteCount: Int = 4, marks: UInt32 = 0) {
    for byte in 0..<UInt32(byteCount) {
      tokens.append(.byte(UInt8(truncatingIfNeeded: value >> (8 * byte)), marked: marks >> byte & 1 == 1))
    }
  }

  /// What announces a jump: its offset from the next instruction.
  mutating func appendJump(_ offset: UInt32, marks: UInt32 = 0) {
    append(.branchTaken)
    append(offset, marks: marks)
  }

  mutating func appendCommit(_ stackEffect: Int, stores: Bool = false, branch: Bool = false) {
    append(.commit(stackEffect, stores: stores, branch: branch))
  }
}
