/// How deep within a JSON object or array a text is.
struct JSONNesting: Sendable {
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var hasBegun = false

  /// Whether the outermost object or array is closed.
  var isClosed: Bool { hasBegun && depth == 0 }

  /// Goes on by a byte, if it can be part of the value: not behind its end, and no `<` outside strings.
  mutating func takes(_ byte: UInt8) -> Bool {
    if isClosed { return false }
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return true
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      depth += 1
      hasBegun = true
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    case UInt8(ascii: "<"): return false
    default: break
    }
    return true
  }
}
