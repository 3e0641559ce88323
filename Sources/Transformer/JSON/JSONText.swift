/// A JSON value to be written. Members keep the order in which they are given, so equal values give equal bytes.
indirect enum JSONText {
  case integer(Int)
  case string(String)
  case array([JSONText])
  case object([(name: String, value: JSONText)])

  /// The text on one line, without spaces.
  var compact: String {
    switch self {
    case .integer(let integer): "\(integer)"
    case .string(let text): Self.quoted(text)
    case .array(let elements): "[" + elements.map(\.compact).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.name) + ":" + $0.value.compact }.joined(separator: ",") + "}"
    }
  }

  /// The text with one line for each member of the outermost object.
  var readable: String {
    guard case .object(let members) = self, !members.isEmpty else { return compact + "\n" }
    return "{\n" + members.map { "  " + Self.quoted($0.name) + ": " + $0.value.compact }.joined(separator: ",\n")
      + "\n}\n"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        quoted += "\\"
        quoted.unicodeScalars.append(scalar)
      case "\n": quoted += "\\n"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
