/// Why modules could not be compared.
package struct FuzzingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was expected, in one line.
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
