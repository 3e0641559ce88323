/// Looks through the strings of a C source for what its calls of printf and scanf need of the library.
///
/// Every instruction of printf is part of the prompt of each program that prints, so that what few programs use is there only
/// for those that do.
package enum PrintfConversions {
  /// Whether a string literal of the source has a conversion with a field, or one of those that come with them in the base
  /// profile: a `%` followed by a digit, `-`, `i` or `l`.
  package static func needFields(inSource source: some Sequence<UInt8>) -> Bool {
    conversions(inSource: source).contains { $0.first.map(fieldMarks.contains) ?? false }
  }

  /// Whether a string literal has a conversion of a floating-point number.
  package static func needFloats(inSource source: some Sequence<UInt8>) -> Bool {
    conversions(inSource: source).contains { $0.last.map(floatKinds.contains) ?? false }
  }

  /// Whether a string literal has a conversion of a number of 64 bits: one with the length `ll` or `j`.
  package static func needWideNumbers(inSource source: some Sequence<UInt8>) -> Bool {
    conversions(inSource: source).contains { conversion in
      conversion.contains(UInt8(ascii: "j")) || conversion.count { $0 == UInt8(ascii: "l") } > 1
    }
  }

  private static let fieldMarks = Set("-0123456789il".utf8)
  private static let floatKinds = Set("eEfFgG".utf8)
  /// What may stand between `%` and the letter that says what is shown.
  private static let middle = Set("-+ #0123456789.*hljztL".utf8)

  /// What stands behind each `%`, to the letter at the end.
  private static func conversions(inSource source: some Sequence<UInt8>) -> [ArraySlice<UInt8>] {
    CStringLiterals.contents(ofSource: source).flatMap { text in
      var rest = text[...]
      var result: [ArraySlice<UInt8>] = []
      while let mark = rest.firstIndex(of: UInt8(ascii: "%")) {
        rest = rest[(mark + 1)...]
        let count = rest.prefix(while: middle.contains).count + 1
        result.append(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
      return result
    }
  }
}
