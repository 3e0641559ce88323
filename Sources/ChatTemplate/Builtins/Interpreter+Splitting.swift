extension Interpreter {
  /// `text.split(sep, maxsplit)` and `text.rsplit(sep, maxsplit)`
  func split(_ text: String, _ arguments: CallArguments, _ name: String) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["sep", "maxsplit"], of: name)
    let separator = try optionalString(bound[0], "the separator of '\(name)'")
    let count = try integer(bound[1], or: -1, "the count of '\(name)'")
    let limit = count < 0 ? Int.max : count
    let parts: [String]
    if let separator {
      guard !separator.isEmpty else { throw invalid("expected a separator that is not empty") }
      parts = Self.split(text, at: separator, limit, fromEnd: name == "rsplit")
    } else {
      parts = Self.splitAtSpace(text, limit, fromEnd: name == "rsplit")
    }
    return .list(try makeList(parts.map(Value.string)))
  }

  private static func split(_ text: String, at separator: String, _ limit: Int, fromEnd: Bool) -> [String] {
    let ranges = text.ranges(ofScalars: separator, limit: limit, fromEnd: fromEnd)
    var parts: [String] = []
    var start = 0
    for range in ranges {
      parts.append(text.utf8Part(start..<range.lowerBound))
      start = range.upperBound
    }
    return parts + [text.utf8Part(start..<text.utf8.count)]
  }

  /// The words of the text; with a limit the rest stays whole, with the white space on its outer side.
  private static func splitAtSpace(_ text: String, _ limit: Int, fromEnd: Bool) -> [String] {
    let words = text.unicodeScalars.split(whereSeparator: \.isPythonSpace)
    guard words.count - 1 > limit else { return words.map { String($0) } }
    if fromEnd {
      let kept = words.suffix(limit)
      let rest = text.unicodeScalars[..<words[words.count - limit - 1].endIndex]
      return [String(rest)] + kept.map { String($0) }
    }
    let rest = text.unicodeScalars[words[limit].startIndex...]
    return words.prefix(limit).map { String($0) } + [String(rest)]
  }
}
