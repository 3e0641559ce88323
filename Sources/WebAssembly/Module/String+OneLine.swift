extension String {
  /// The text with line breaks and other control characters written as escapes, so that an error stays on its line
  /// whatever something is called.
  package var oneLine: String {
    unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: scalar.escaped(asASCII: true)
      default: String(scalar)
      }
    }.joined()
  }
}
