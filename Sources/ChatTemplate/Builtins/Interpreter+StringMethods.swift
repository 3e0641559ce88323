extension Interpreter {
  static let stringMethods: Set<String> = [
    "upper", "lower", "casefold", "capitalize", "title", "swapcase", "strip", "lstrip", "rstrip", "split", "rsplit",
    "splitlines", "startswith", "endswith", "replace", "find", "rfind", "index", "rindex", "count", "join",
    "removeprefix", "removesuffix", "partition", "rpartition", "center", "ljust", "rjust", "zfill", "format",
    "isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "islower", "isupper", "isascii",
  ]

  /// Calls a method of a string.
  func callMethod(_ name: String, of text: String, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    try spend(bytes: text.utf8.count)
    switch name {
    case "strip", "lstrip", "rstrip": return try strip(name, text, arguments)
    case "split", "rsplit": return try split(text, arguments, name)
    case "startswith", "endswith": return try matches(name, text, arguments)
    case "replace": return try replace(text, arguments)
    case "find", "rfind", "index", "rindex", "count": return try find(name, text, arguments)
    case "join": return try join(text, arguments)
    case "removeprefix", "removesuffix": return try remove(name, text, arguments)
    case "partition", "rpartition": return try partition(name, text, arguments)
    case "center", "ljust", "rjust", "zfill": return try pad(name, text, arguments)
    case "format": return .string(try formatBraces(text, arguments))
    case "splitlines":
      let keepsEnds = try bind(arguments, to: ["keepends"], of: name)[0]?.isTrue ?? false
      return .list(try makeList(text.splitLines(keepingEnds: keepsEnds).map(Value.string)))
    default:
      _ = try bind(arguments, to: [], of: name)
      return Self.property(name, of: text).map(Value.bool) ?? .string(Self.recased(text, name))
    }
  }

  private func strip(_ name: String, _ text: String, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let characters = try optionalString(try bind(arguments, to: ["chars"], of: name)[0], "the characters of '\(name)'")
    let dropped = characters.map { Set($0.unicodeScalars) }
    return .string(
      text.stripped(left: name != "rstrip", right: name != "lstrip") { dropped?.contains($0) ?? $0.isPythonSpace })
  }

  private func matches(_ name: String, _ text: String, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    var candidates: [Value] = []
    switch try bind(arguments, to: ["prefix"], of: name)[0] {
    case .tuple(let list)?: candidates = list.elements
    case let value?: candidates = [value]
    case nil: break
    }
    guard !candidates.isEmpty else { throw invalid("expected text for '\(name)'") }
    for candidate in candidates {
      let part = try string(candidate, "what '\(name)' looks for")
      if name == "startswith" ? text.startsWithScalars(part) : text.endsWithScalars(part) { return .bool(true) }
    }
    return .bool(false)
  }

  private func replace(_ text: String, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["old", "new", "count"], of: "replace")
    let old = try string(bound[0], "what 'replace' replaces")
    let new = try string(bound[1], "what 'replace' puts in")
    let count = try integer(bound[2], or: -1, "the count of 'replace'")
    let limit = count < 0 ? Int.max : count
    let ranges = old.isEmpty ? Self.gaps(in: text, limit: limit) : text.ranges(ofScalars: old, limit: limit)
    try spend(bytes: ranges.count * (new.utf8.count + 16))
    var replaced = ""
    var copied = 0
    for range in ranges {
      replaced += text.utf8Part(copied..<range.lowerBound) + new
      copied = range.upperBound
    }
    return .string(replaced + text.utf8Part(copied..<text.utf8.count))
  }

  /// The empty ranges in front of every scalar and at the end.
  private static func gaps(in text: String, limit: Int) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var offset = 0
    for scalar in text.unicodeScalars where gaps.count < limit {
      gaps.append(offset..<offset)
      offset += UTF8.width(scalar)
    }
    if gaps.count < limit { gaps.append(text.utf8.count..<text.utf8.count) }
    return gaps
  }

  private func find(_ name: String, _ text: String, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let part = try string(try bind(arguments, to: ["sub"], of: name)[0], "what '\(name)' looks for")
    if name == "count" {
      return .integer(part.isEmpty ? text.scalarCount + 1 : text.ranges(ofScalars: part).count)
    }
    let range = name.hasPrefix("r") ? text.lastRange(ofScalars: part) : text.range(ofScalars: part)
    guard let range else {
      if name.hasSuffix("index") { throw invalid("expected '\(part)' in the text") }
      return .integer(-1)
    }
    return .integer(text.utf8Part(0..<range.lowerBound).scalarCount)
  }

  private func join(_ separator: String, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    guard let sequence = try bind(arguments, to: ["iterable"], of: "join")[0] else {
      throw invalid("expected a sequence for 'join'")
    }
    var joined = ""
    for (index, element) in try elements(of: sequence).enumerated() {
      let part = try string(element, "an element for 'join'")
      try spend(bytes: separator.utf8.count + part.utf8.count)
      joined += (index > 0 ? separator : "") + part
    }
    return .string(joined)
  }

  private func remove(_ name: String, _ text: String, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let part = try string(try bind(arguments, to: ["part"], of: name)[0], "what '\(name)' removes")
    let count = text.utf8.count
    if name == "removeprefix" {
      return .string(text.startsWithScalars(part) ? text.utf8Part(part.utf8.count..<count) : text)
    }
    return .string(text.endsWithScalars(part) ? text.utf8Part(0..<count - part.utf8.count) : text)
  }

  private func partition(_ name: String, _ text: String, _ arguments: CallArguments) throws(ChatTemplateError) -> Value
  {
    let separator = try string(try bind(arguments, to: ["sep"], of: name)[0], "the separator of '\(name)'")
    guard !separator.isEmpty else { throw invalid("expected a separator that is not empty") }
    let isLast = name == "rpartition"
    guard let range = isLast ? text.lastRange(ofScalars: separator) : text.range(ofScalars: separator) else {
      return .tuple(
        List(isLast ? [.string(""), .string(""), .string(text)] : [.string(text), .string(""), .string("")]))
    }
    let (before, after) = (text.utf8Part(0..<range.lowerBound), text.utf8Part(range.upperBound..<text.utf8.count))
    return .tuple(List([.string(before), .string(separator), .string(after)]))
  }

  private func pad(_ name: String, _ text: String, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: name == "zfill" ? ["width"] : ["width", "fillchar"], of: name)
    let width = try integer(bound[0], "the width of '\(name)'")
    let fill = name == "zfill" ? "0" : try string(bound[1], or: " ", "the filling of '\(name)'")
    guard fill.scalarCount == 1 else { throw invalid("expected one character to fill with") }
    let missing = width - min(width, text.scalarCount)
    guard missing > 0 else { return .string(text) }
    try spend(bytes: missing)
    if name == "zfill", text.hasPrefix("-") || text.hasPrefix("+") {
      return .string(text.utf8Part(0..<1) + "0".repeated(missing) + text.utf8Part(1..<text.utf8.count))
    }
    // Of an odd number of missing characters, Python puts the extra one left in texts of odd width.
    let left = name == "ljust" ? 0 : name == "center" ? missing / 2 + (missing & width & 1) : missing
    return .string(fill.repeated(left) + text + fill.repeated(missing - left))
  }
}
