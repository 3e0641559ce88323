public import WebAssembly

/// Why a module could not be instantiated, called or read. A trap is no error; see ``ExecutionOutcome``.
public struct ExecutionError: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// There is no exported function of this name.
    case noSuchFunction(Name)
    /// There is no exported global of this name.
    case noSuchGlobal(Name)
    /// The arguments are not what the function takes.
    case wrongArguments(Name, expected: [ValueType], found: [ValueType])
    /// Something else was begun and has not ended: the instantiation, or a call that met its limit.
    case unfinished
    /// Nothing was begun that could be resumed.
    case nothingToResume
    /// The program reads an input that cannot be read.
    case input(HostInputError)
    /// The machine cannot go on.
    case machine(TraceMachineError)
    /// The machine wrote something that no program of the compiler leads to: what was expected instead.
    case unexpectedTrace(expected: String)
  }

  public let kind: Kind
  /// How many tokens had been written behind the prompt.
  public let tokenCount: Int

  package init(_ kind: Kind, tokenCount: Int) {
    self.kind = kind
    self.tokenCount = tokenCount
  }
}

extension ExecutionError: CustomStringConvertible {
  /// What is wrong, on one line.
  public var description: String {
    switch kind {
    case .noSuchFunction(let name): "expected the name of an exported function, found '\(name)'"
    case .noSuchGlobal(let name): "expected the name of an exported global, found '\(name)'"
    case .wrongArguments(let name, let expected, let found):
      "expected \(list(expected)) for the function '\(name)', found \(list(found))"
    case .unfinished: "expected what was begun before to be resumed until it ends"
    case .nothingToResume: "expected something that met its limit, to resume it"
    case .input(let error): error.description
    case .machine(let error): "token \(tokenCount): \(error)"
    case .unexpectedTrace(let expected): "token \(tokenCount): expected \(expected)"
    }
  }

  private func list(_ types: [ValueType]) -> String {
    types.isEmpty ? "no arguments" : types.map(\.rawValue).joined(separator: " ")
  }
}
