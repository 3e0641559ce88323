extension Interpreter {
  /// What `text.isalpha()` and its like say, nil for other methods.
  static func property(_ name: String, of text: String) -> Bool? {
    let scalars = text.unicodeScalars
    switch name {
    case "isalpha": return !text.isEmpty && scalars.allSatisfy(\.isPythonLetter)
    case "isdecimal": return !text.isEmpty && scalars.allSatisfy { $0.properties.generalCategory == .decimalNumber }
    case "isdigit":
      return !text.isEmpty
        && scalars.allSatisfy { $0.properties.numericType == .decimal || $0.properties.numericType == .digit }
    case "isnumeric": return !text.isEmpty && scalars.allSatisfy { $0.properties.numericType != nil }
    case "isalnum": return !text.isEmpty && scalars.allSatisfy(\.isPythonAlphanumeric)
    case "isspace": return !text.isEmpty && scalars.allSatisfy(\.isPythonSpace)
    case "isascii": return scalars.allSatisfy(\.isASCII)
    case "islower":
      return scalars.contains(where: \.properties.isLowercase) && !scalars.contains(where: \.isUpperOrTitle)
    case "isupper":
      return scalars.contains(where: \.properties.isUppercase)
        && !scalars.contains { $0.properties.isLowercase || $0.properties.generalCategory == .titlecaseLetter }
    default: return nil
    }
  }

  /// What `text.upper()` and its like give.
  static func recased(_ text: String, _ name: String) -> String {
    switch name {
    case "upper": return text.uppercased()
    case "lower": return text.lowerCased
    // Folding is lower case but for few letters, of which the sharp s and the last sigma are those that are met.
    case "casefold":
      return text.lowercased().unicodeScalars.map { $0 == "ß" ? "ss" : $0 == "ς" ? "σ" : String($0) }.joined()
    case "capitalize":
      guard let first = text.unicodeScalars.first else { return "" }
      let scalars = Array(text.unicodeScalars)
      return first.properties.titlecaseMapping + scalars.indices.dropFirst().map(scalars.lowerCased).joined()
    case "swapcase":
      let scalars = Array(text.unicodeScalars)
      return scalars.indices.reduce(into: "") { result, index in
        let properties = scalars[index].properties
        result += properties.isUppercase ? scalars.lowerCased(at: index) : properties.uppercaseMapping
      }
    default: return titleCased(text)
    }
  }

  /// Every letter behind one that has no case in title case, every other in lower case.
  private static func titleCased(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var isInWord = false
    return scalars.indices.reduce(into: "") { result, index in
      result += isInWord ? scalars.lowerCased(at: index) : scalars[index].properties.titlecaseMapping
      isInWord = scalars[index].properties.isCased
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isUpperOrTitle: Bool { properties.isUppercase || properties.generalCategory == .titlecaseLetter }

  /// Whether Python's `str.isalpha` holds for the scalar.
  fileprivate var isPythonLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// Whether Python's `str.isalnum` holds for the scalar.
  var isPythonAlphanumeric: Bool { isPythonLetter || properties.numericType != nil }
}
