/// A value read from a file, with the line it stands on. Two are equal when the values are.
struct Located<Value: Hashable>: Hashable {
  let value: Value
  /// From 1; 0 for a value that was not read.
  let line: Int

  init(_ value: Value, line: Int = 0) {
    self.value = value
    self.line = line
  }

  static func == (left: Located, right: Located) -> Bool { left.value == right.value }

  func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
