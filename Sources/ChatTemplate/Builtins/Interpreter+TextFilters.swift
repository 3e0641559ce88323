extension Interpreter {
  static func textFilter(_ name: String) -> FilterFunction? {
    switch name {
    case "string": { (run, value, _) throws(ChatTemplateError) in .string(try run.text(of: value)) }
    case "safe": { (run, value, _) throws(ChatTemplateError) in .markup(try run.text(of: value)) }
    case "upper", "lower", "capitalize":
      { (run, value, arguments) throws(ChatTemplateError) in
        try run.callMethod(name, of: .string(run.text(of: value)), arguments)
      }
    case "trim":
      { (run, value, arguments) throws(ChatTemplateError) in
        let characters = try run.bind(arguments, to: ["chars"], of: "trim")[0]
        return try run.callMethod(
          "strip", of: .string(run.text(of: value)), CallArguments(positional: [characters ?? .none]))
      }
    case "center":
      { (run, value, arguments) throws(ChatTemplateError) in
        let width = try run.integer(
          run.bind(arguments, to: ["width"], of: "center")[0], or: 80, "the width of 'center'")
        return try run.callMethod(
          "center", of: .string(run.text(of: value)), CallArguments(positional: [.integer(width)]))
      }
    case "replace": { (run, value, arguments) throws(ChatTemplateError) in try run.replaced(value, arguments) }
    case "title": { (run, value, _) throws(ChatTemplateError) in .string(try run.titled(run.text(of: value))) }
    case "indent": { (run, value, arguments) throws(ChatTemplateError) in try run.indented(value, arguments) }
    case "truncate": { (run, value, arguments) throws(ChatTemplateError) in try run.truncated(value, arguments) }
    case "wordcount": { (run, value, _) throws(ChatTemplateError) in .integer(try run.wordCount(run.text(of: value))) }
    case "urlencode": { (run, value, _) throws(ChatTemplateError) in .string(try run.percentEncoded(value)) }
    case "xmlattr": { (run, value, arguments) throws(ChatTemplateError) in try run.markupAttributes(value, arguments) }
    case "escape", "e", "forceescape":
      { (run, value, _) throws(ChatTemplateError) in .markup(try run.escaped(run.text(of: value))) }
    case "format": { (run, value, arguments) throws(ChatTemplateError) in try run.formatted(value, arguments) }
    default: nil
    }
  }

  private func replaced(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["old", "new", "count"], of: "replace")
    guard let old = bound[0], let new = bound[1] else { throw invalid("expected what 'replace' replaces and by what") }
    var values: [Value] = [.string(try text(of: old)), .string(try text(of: new))]
    if let count = bound[2] {
      if case .none = count {} else { values.append(count) }
    }
    return try callMethod("replace", of: .string(text(of: value)), CallArguments(positional: values))
  }

  /// Every word, which starts behind a space, hyphen or opening bracket, with its first letter in upper case.
  private func titled(_ text: String) throws(ChatTemplateError) -> String {
    try spend(bytes: text.utf8.count)
    var titled = ""
    // A word's letters behind the first are put into lower case without it.
    var rest = String.UnicodeScalarView()
    var isAtStart = true
    for scalar in text.unicodeScalars {
      if isAtStart { titled += scalar.properties.uppercaseMapping } else { rest.append(scalar) }
      let isSeparator = scalar.isPythonSpace || "-({[<".unicodeScalars.contains(scalar)
      if isSeparator {
        titled += String(rest).lowerCased
        rest = String.UnicodeScalarView()
      }
      isAtStart = isSeparator
    }
    return titled + String(rest).lowerCased
  }

  private func indented(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["width", "first", "blank"], of: "indent")
    let text = try string(value, "what 'indent' indents")
    var indent = ""
    if case .string(let own)? = bound[0] {
      indent = own
    } else {
      let width = try integer(bound[0], or: 4, "the width of 'indent'")
      try spend(bytes: max(width, 0))
      indent = " ".repeated(max(width, 0))
    }
    let indentsBlank = bound[2]?.isTrue ?? false
    try spend(bytes: text.utf8.count * 2)
    var indented = bound[1]?.isTrue ?? false ? indent : ""
    for (index, line) in (text + "\n").splitLines().enumerated() {
      if index > 0 {
        try spend(bytes: indent.utf8.count)
        indented += "\n" + (line.isEmpty && !indentsBlank ? "" : indent)
      }
      indented += line
    }
    return .string(indented)
  }

  private func truncated(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["length", "killwords", "end", "leeway"], of: "truncate")
    let length = try integer(bound[0], or: 255, "the length of 'truncate'")
    let end = try string(bound[2], or: "...", "the end of 'truncate'")
    let leeway = try integer(bound[3], or: 5, "the leeway of 'truncate'")
    let endLength = end.scalarCount
    guard length >= endLength, leeway >= 0 else { throw invalid("expected 'truncate' to leave room for the end") }
    if try self.length(of: value) - leeway <= length { return value }
    let scalars = try string(value, "what 'truncate' truncates").unicodeScalars
    try spend(bytes: 4 * scalars.count)
    var kept = String(scalars.prefix(length - endLength))
    if !(bound[1]?.isTrue ?? false), let space = kept.lastRange(ofScalars: " ") {
      kept = kept.utf8Part(0..<space.lowerBound)
    }
    return .string(kept + end)
  }

  /// The number of runs of letters, digits and underscores.
  private func wordCount(_ text: String) throws(ChatTemplateError) -> Int {
    try spend(steps: text.utf8.count / 4)
    var count = 0
    var isInWord = false
    for scalar in text.unicodeScalars {
      let isWord = scalar == "_" || scalar.isPythonAlphanumeric
      if isWord, !isInWord { count += 1 }
      isInWord = isWord
    }
    return count
  }

  private func formatted(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let format = try text(of: value)
    if arguments.named.isEmpty { return .string(try printf(format, .tuple(makeList(arguments.positional)))) }
    guard arguments.positional.isEmpty else { throw invalid("expected either positional or named values for 'format'") }
    var mapping = Mapping()
    for (name, value) in arguments.named { try set(.string(name), to: value, in: &mapping) }
    return .string(try printf(format, .dictionary(mapping)))
  }
}
