import InstructionSet

/// Where the full machine has its program.
enum FullProgramPlace {
  /// In its prompt, from which it is fetched by attention.
  case prompt
  /// In its weights, as tables.
  case weights(BakedProgram)

  var mode: Vocabulary.Mode {
    switch self {
    case .prompt: .universal
    case .weights: .specialized
    }
  }

  /// The number by which the machine names a token; nil for one that it never writes.
  func number(of token: FullToken) -> Int? {
    switch self {
    case .prompt: FullTokenNumber.number(of: token)
    case .weights: FullTokenNumber.numberInPrologue(of: token)
    }
  }
}
