/// How much work a rendering may do, so that no template can hang or fill the memory.
package struct Budget: Sendable {
  /// Evaluations of statements and expressions, elements looked at, and the like.
  package private(set) var steps: Int
  /// Bytes of text and of lists made, whether or not they are still held.
  package private(set) var bytes: Int

  /// Room for a conversation of a hundred thousand messages, or of a hundred million bytes.
  package static let standard = Budget(steps: 20_000_000, bytes: 1 << 30)

  /// A budget of so many steps and bytes.
  package init(steps: Int, bytes: Int) {
    self.steps = steps
    self.bytes = bytes
  }

  /// Takes off `count` steps; false where too few are left.
  mutating func spend(steps count: Int) -> Bool {
    steps -= min(count, steps + 1)
    return steps >= 0
  }

  /// Takes off `count` bytes; false where too few are left.
  mutating func spend(bytes count: Int) -> Bool {
    bytes -= min(count, bytes + 1)
    return bytes >= 0
  }
}
