/// How the names of `GenerateParameters` are spelled where their values come from.
package enum ParameterSpelling: Sendable {
  /// `topP`, as in Swift.
  case property
  /// `top_p`, as in generation_config.json.
  case key
  /// `--top-p`, as on a command line.
  case option

  /// A property's name in this spelling.
  func callAsFunction(_ property: String) -> String {
    func words(_ separator: String) -> String {
      property.map { $0.isUppercase ? separator + $0.lowercased() : String($0) }.joined()
    }
    return switch self {
    case .property: property
    case .key: words("_")
    case .option: property == "draftTokens" ? "--draft" : "--" + words("-")
    }
  }
}
