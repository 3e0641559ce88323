extension String {
  /// The text with line breaks and other control characters written as escapes, so that an error stays on its line
  /// whatever a plan's file and operations are called.
  var oneLine: String {
    unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: scalar.escaped(asASCII: true)
      default: String(scalar)
      }
    }.joined()
  }
}
