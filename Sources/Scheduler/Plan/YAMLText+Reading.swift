import Yams

extension YAMLText {
  /// The first line with an anchor or an alias, or what could be one: an & or * outside double quotes and comments.
  ///
  /// Aliases let a short text stand for an endless document; plans need none.
  static func firstReference(in text: String) -> Int? {
    var line = 1
    var isQuoted = false
    var isEscaped = false
    var isComment = false
    var previous: UInt8 = 0x0a
    for byte in text.utf8 {
      defer { previous = byte }
      if byte == 0x0a {
        line += 1
        isComment = false
      }
      if isComment { continue }
      if isQuoted {
        if !isEscaped, byte == UInt8(ascii: "\"") { isQuoted = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isQuoted = true
      case UInt8(ascii: "#") where previous == 0x20 || previous == 0x0a || previous == 0x09: isComment = true
      case UInt8(ascii: "&"), UInt8(ascii: "*"): return line
      default: break
      }
    }
    return nil
  }

  /// A parser's error in one line, and the line of the text that it is about.
  static func explain(_ error: any Error) -> (message: String, line: Int?) {
    guard let error = error as? YamlError else { return ("it is not YAML", nil) }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return (problem, mark.line)
    case .reader(let problem, _, _, _):
      return (problem, nil)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return ("'\(duplicates.min() ?? "")' is here twice", context.mark.line)
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return ("it cannot be parsed", nil)
    }
  }
}
