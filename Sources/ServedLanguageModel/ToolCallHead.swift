import ChatTemplate

/// The beginning of a call, `{"name": "f", "arguments": {`.
enum ToolCallHead: Hashable, Sendable {
  /// More text has to come.
  case unfinished
  /// It begins in another way.
  case other
  /// The name, and where the arguments begin.
  case found(name: String, arguments: Int)

  init(_ bytes: [UInt8]) {
    var position = 0
    self = .unfinished
    for expected in ["{", "\"name\"", ":"] where !Self.take(expected, bytes, &position, &self) { return }
    guard let name = Self.takeString(bytes, &position, &self) else { return }
    for expected in [",", "\"arguments\"", ":"] where !Self.take(expected, bytes, &position, &self) { return }
    let start = position
    guard Self.take("{", bytes, &position, &self) else { return }
    self = .found(name: name, arguments: bytes[start...].firstIndex(of: UInt8(ascii: "{")) ?? start)
  }

  /// Goes past white space and a word; false when it is not there, or not yet.
  private static func take(_ word: String, _ bytes: [UInt8], _ position: inout Int, _ head: inout Self) -> Bool {
    position = bytes[position...].firstIndex { !HeldText.isSpace($0) } ?? bytes.count
    let found = bytes[position...].prefix(word.utf8.count)
    guard word.utf8.starts(with: found) else {
      head = .other
      return false
    }
    position += found.count
    return found.count == word.utf8.count
  }

  /// Goes past white space and a string.
  private static func takeString(_ bytes: [UInt8], _ position: inout Int, _ head: inout Self) -> String? {
    let start = position
    guard take("\"", bytes, &position, &head) else { return nil }
    var isEscaped = false
    let end = bytes[position...].firstIndex { byte in
      defer { isEscaped = !isEscaped && byte == UInt8(ascii: "\\") }
      return !isEscaped && byte == UInt8(ascii: "\"")
    }
    guard let end else { return nil }
    position = end + 1
    guard let text = try? JSONValue(parsing: Array(bytes[start..<position])).stringValue else {
      head = .other
      return nil
    }
    return text
  }
}
