extension String {
  /// The text on one line: what would break it, as a file's name may, is escaped.
  package var oneLine: String {
    guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control || $0 == "\u{2028}" }) else {
      return self
    }
    return unicodeScalars.reduce(into: "") { text, scalar in
      let isControl = scalar.properties.generalCategory == .control || scalar == "\u{2028}"
      text += isControl ? scalar.escaped(asASCII: true) : String(scalar)
    }
  }
}
