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
    case "lower": return text.lowercased()
    // Folding is lower case but for few letters, of which the sharp s is the one that is met.
    case "casefold": return String(text.lowercased().flatMap { $0 == "ß" ? "ss" : String($0) })
    case "capitalize":
      guard let first = text.unicodeScalars.first else { return "" }
      return first.properties.titlecaseMapping + String(text.unicodeScalars.dropFirst()).lowercased()
    case "swapcase":
      return text.unicodeScalars.reduce(into: "") { result, scalar in
        result +=
          scalar.properties.isUppercase ? scalar.properties.lowercaseMapping : scalar.properties.uppercaseMapping
      }
    default: return titleCased(text)
    }
  }

  /// Every letter behind one that has no case in title case, every other in lower case.
  private static func titleCased(_ text: String) -> String {
    var isInWord = false
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      result += isInWord ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
      isInWord = scalar.properties.isCased
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
