/// Writing scalars as YAML.
enum YAMLText {
  /// The text as a plain scalar where nobody could take it for anything else, otherwise in double quotes.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.unicodeScalars.first.map(isLetter) == true
      && text.unicodeScalars.allSatisfy {
        isLetter($0) || ("0"..."9").contains($0) || "_.+-/".unicodeScalars.contains($0)
      }
      && !words.contains(text.lowercased())
    return isPlain ? text : quoted(text)
  }

  private static let words: Set = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || !isPrintable(scalar) {
          result += "\\U" + hexadecimal(scalar.value, digits: 8)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Whether YAML allows the character as it is, line separators and byte-order marks left out.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff: false
    default: true
    }
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
