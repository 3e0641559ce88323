/// Ends a text that comes in pieces at the first of some strings, wherever the pieces are cut.
///
/// ```swift
/// var finder = StopStringFinder(["\n\n"])
/// finder.append("one\n")   // "one"
/// finder.append("two\n")   // "\ntwo"
/// finder.append("\nthree") // "", and finder.found is "\n\n"
/// ```
package struct StopStringFinder: Sendable {
  private let strings: [[UInt8]]
  /// What may be the beginning of a string.
  private var held: [UInt8] = []
  /// The string that ended the text; of those that end at the same place the longest.
  package private(set) var found: String?

  /// Looks for strings; empty ones are never found.
  package init(_ strings: [String]) {
    self.strings = strings.map { Array($0.utf8) }.filter { !$0.isEmpty }
  }

  /// Takes the next piece.
  ///
  /// - Returns: the text that is known to come before any of the strings and was not returned yet; nothing once one is found.
  package mutating func append(_ piece: String) -> String {
    var sure: [UInt8] = []
    for byte in piece.utf8 where found == nil {
      held.append(byte)
      if let string = strings.filter({ held.ends(with: $0) }).max(by: { $0.count < $1.count }) {
        found = String(decoding: string, as: UTF8.self)
        sure += held.dropLast(string.count)
        held = []
      } else {
        let kept = strings.map { longestBeginning(of: $0) }.max() ?? 0
        sure += held.dropLast(kept)
        held.removeFirst(held.count - kept)
      }
    }
    return String(decoding: sure, as: UTF8.self)
  }

  /// Ends the text: what was held back, if no string was found.
  package mutating func finish() -> String {
    defer { held = [] }
    return String(decoding: held, as: UTF8.self)
  }

  /// How many bytes at the end of what is held are the beginning of a string.
  private func longestBeginning(of string: [UInt8]) -> Int {
    (0...min(string.count - 1, held.count)).last { held.ends(with: string.prefix($0)) } ?? 0
  }
}

extension [UInt8] {
  fileprivate func ends(with other: some Collection<UInt8>) -> Bool {
    count >= other.count && suffix(other.count).elementsEqual(other)
  }
}
