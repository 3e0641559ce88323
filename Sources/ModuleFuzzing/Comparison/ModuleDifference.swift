/// The first thing that two executions of a module do not have in common.
package struct ModuleDifference: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, Codable {
    /// One says that the module is valid.
    case validity
    /// A valid module is not compiled.
    case compilation
    /// A call ends otherwise.
    case outcome
    /// A token of the trace is another.
    case token
    /// A machine cannot go on.
    case failure
  }

  package let kind: Kind
  /// Which call, from 0; nil for the instantiation and for what comes before it.
  package let call: Int?
  package let expected: String
  package let found: String
  /// Where the token stands, the prompt's first token being 0.
  package let position: Int?

  init(_ kind: Kind, call: Int? = nil, expected: String, found: String, position: Int? = nil) {
    self.kind = kind
    self.call = call
    self.expected = expected
    self.found = found
    self.position = position
  }
}

extension ModuleDifference: CustomStringConvertible {
  /// One line.
  package var description: String {
    let place = [position.map { "token \($0)" }, call.map { "call \($0)" }].compactMap { $0 }.joined(separator: ", ")
    return (place.isEmpty ? "" : place + ": ") + "expected \(expected), found \(found)"
  }
}
