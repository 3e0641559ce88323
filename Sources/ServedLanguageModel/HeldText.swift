/// Text that is looked through for marks, as UTF-8: what combines with a mark's last letter would hide it among characters.
struct HeldText: Sendable {
  private var bytes: [UInt8] = []

  mutating func append(_ text: String) {
    bytes += text.utf8
  }

  /// Everything that is held.
  mutating func takeAll() -> String {
    defer { bytes = [] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text up to a mark, which is taken out; without the mark, all that cannot be its beginning.
  mutating func take(until mark: [UInt8]) -> (text: String, isFound: Bool) {
    if let range = bytes.firstRange(of: mark) {
      defer { bytes.removeSubrange(..<range.upperBound) }
      return (String(decoding: bytes[..<range.lowerBound], as: UTF8.self), true)
    }
    let kept = (1..<mark.count).last { bytes.suffix($0).elementsEqual(mark.prefix($0)) } ?? 0
    defer { bytes.removeFirst(bytes.count - kept) }
    return (String(decoding: bytes.dropLast(kept), as: UTF8.self), false)
  }

  /// Whether the text begins with a mark after white space, which is then taken out with it; nil when it still may.
  mutating func begins(with mark: [UInt8]) -> Bool? {
    let start = bytes.firstIndex { !Self.isSpace($0) } ?? bytes.count
    let found = bytes[start...].prefix(mark.count)
    guard mark.starts(with: found) else { return false }
    guard found.count == mark.count else { return nil }
    bytes.removeSubrange(..<(start + mark.count))
    return true
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
