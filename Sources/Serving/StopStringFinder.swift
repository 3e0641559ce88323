/// Ends a text that comes in pieces at the first of some strings, wherever the pieces are cut.
///
/// ```swift
/// var finder = StopStringFinder(["\n\n"])
/// finder.append("one\n")   // "one"
/// finder.append("two\n")   // "\ntwo"
/// finder.append("\nthree") // "", and finder.found is "\n\n"
/// ```
package struct StopStringFinder: Sendable {
  private var strings: [StopString]
  /// What may be the beginning of a string.
  private var held: [UInt8] = []
  /// The string that ended the text; of those that end at the same place the longest.
  package private(set) var found: String?

  /// Looks for strings; empty ones are never found.
  package init(_ strings: [String]) {
    self.strings = strings.filter { !$0.isEmpty }.map { StopString($0) }
  }

  /// Takes the next piece.
  ///
  /// - Returns: the text that is known to come before any of the strings and was not returned yet; nothing once one is found.
  /// - Complexity: linear in the piece's bytes for each string, whatever the strings are.
  package mutating func append(_ piece: String) -> String {
    guard found == nil else { return "" }
    for byte in piece.utf8 {
      held.append(byte)
      for place in strings.indices { strings[place].take(byte) }
      guard strings.contains(where: \.isWhole) else { continue }
      let longest = strings.filter(\.isWhole).max { $0.length < $1.length }
      found = longest?.text
      defer { held = [] }
      return String(decoding: held.dropLast(longest?.length ?? 0), as: UTF8.self)
    }
    let kept = strings.reduce(0) { max($0, $1.length) }
    defer { held.removeFirst(held.count - kept) }
    return String(decoding: held.dropLast(kept), as: UTF8.self)
  }

  /// Ends the text: what was held back, if no string was found.
  package mutating func finish() -> String {
    defer { held = [] }
    return String(decoding: held, as: UTF8.self)
  }
}

/// A string that is looked for byte by byte, by the automaton of Knuth, Morris and Pratt.
private struct StopString: Sendable {
  let text: String
  private let bytes: [UInt8]
  /// Of each beginning but the empty one, how long its longest end is that is a shorter beginning.
  private var borders: [Int] = [0]
  /// How long the beginning is that the text so far ends with.
  private(set) var length = 0

  /// - Parameter text: not empty.
  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
    for byte in bytes.dropFirst() { borders.append(next(after: borders[borders.count - 1], byte)) }
  }

  /// Whether the text so far ends with the string.
  var isWhole: Bool { length == bytes.count }

  /// Takes the next byte of the text, which does not end with the string yet.
  mutating func take(_ byte: UInt8) {
    length = next(after: length, byte)
  }

  /// How long the longest beginning is that the text ends with, once a byte comes behind one of a length.
  private func next(after length: Int, _ byte: UInt8) -> Int {
    var length = length
    while length > 0, bytes[length] != byte { length = borders[length - 1] }
    return bytes[length] == byte ? length + 1 : 0
  }
}
