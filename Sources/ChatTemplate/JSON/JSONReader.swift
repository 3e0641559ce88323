/// Reads a JSON text value by value, without building a tree for what the caller does not keep.
///
/// ```swift
/// try reader.beginObject()
/// while let key = try reader.nextKey() {
///   if key == "id" { id = try reader.readInteger() } else { try reader.skipValue() }
/// }
/// try reader.finish()
/// ```
package struct JSONReader {
  /// Arrays and objects nested deeper than this are refused.
  package static let deepest = 256

  let bytes: [UInt8]
  /// The offset of the next byte to read.
  package internal(set) var position = 0
  /// For each open array or object, whether an element was read from it.
  private var hasElements: [Bool] = []

  /// A reader at the start of `bytes`, UTF-8.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// How many bytes follow the position.
  package var remainingBytes: Int { bytes.count - position }

  /// The byte at the position, or nil at the end.
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Skips white space and returns the byte that follows, or nil at the end.
  package mutating func peek() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      case let byte: return byte
      }
    }
    return nil
  }

  /// Opens the object that comes next.
  package mutating func beginObject() throws(JSONError) {
    try open(UInt8(ascii: "{"), "an object")
  }

  /// Opens the array that comes next.
  package mutating func beginArray() throws(JSONError) {
    try open(UInt8(ascii: "["), "an array")
  }

  /// The key of the open object's next member, whose value must be read or skipped next; nil closes the object.
  package mutating func nextKey() throws(JSONError) -> String? {
    var key: [UInt8] = []
    return try nextKey(into: &key) ? String(decoding: key, as: UTF8.self) : nil
  }

  /// Reads the key of the open object's next member into `key`, UTF-8; false closes the object.
  package mutating func nextKey(into key: inout [UInt8]) throws(JSONError) -> Bool {
    guard try advance(to: UInt8(ascii: "}"), "'}'") else { return false }
    guard peek() == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
    key.removeAll(keepingCapacity: true)
    try readString(into: &key)
    guard peek() == UInt8(ascii: ":") else { throw unexpected("':' after a key") }
    position += 1
    return true
  }

  /// Whether the open array has a further element, which must be read or skipped next; false closes the array.
  package mutating func nextElement() throws(JSONError) -> Bool {
    try advance(to: UInt8(ascii: "]"), "']'")
  }

  /// Checks that nothing but white space follows.
  package mutating func finish() throws(JSONError) {
    if peek() != nil { throw unexpected("the end of the text") }
  }

  private mutating func open(_ bracket: UInt8, _ expected: String) throws(JSONError) {
    guard let byte = peek() else { throw unexpected(expected) }
    guard byte == bracket else { throw error(.wrongType, "expected \(expected)") }
    guard hasElements.count < Self.deepest else {
      throw error(.tooDeep, "expected at most \(Self.deepest) levels of arrays and objects")
    }
    position += 1
    hasElements.append(false)
  }

  private mutating func advance(to end: UInt8, _ endName: String) throws(JSONError) -> Bool {
    guard let innermost = hasElements.indices.last else { throw unexpected("an open array or object") }
    let byte = peek()
    if byte == end {
      position += 1
      hasElements.removeLast()
      return false
    }
    if hasElements[innermost] {
      guard byte == UInt8(ascii: ",") else { throw unexpected("',' or \(endName)") }
      position += 1
    } else {
      hasElements[innermost] = true
    }
    return true
  }
}

extension JSONReader {
  /// An error at the position.
  package func error(_ kind: JSONError.Kind, _ message: String, at offset: Int? = nil) -> JSONError {
    let offset = offset ?? position
    let line = 1 + bytes[..<min(offset, bytes.count)].count { $0 == UInt8(ascii: "\n") }
    return JSONError(kind: kind, offset: offset, line: line, message: message)
  }

  func unexpected(_ expected: String) -> JSONError {
    let found = position < bytes.count ? "" : ", found the end"
    return error(.unexpected, "expected \(expected)\(found)")
  }
}
