extension JSONReader {
  /// Reads the value that comes next, whatever it is.
  package mutating func readValue() throws(JSONError) -> JSONValue {
    switch peek() {
    case UInt8(ascii: "{"): return .object(try readObject())
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try beginArray()
      while try nextElement() { elements.append(try readValue()) }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"):
      try readWord("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try readWord("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try readWord("null")
      return .null
    default: return try readNumber()
    }
  }

  /// Reads the object that comes next.
  package mutating func readObject() throws(JSONError) -> JSONObject {
    var object = JSONObject()
    try beginObject()
    while let key = try nextKey() { object[key] = try readValue() }
    return object
  }

  /// Skips the value that comes next, checking it all the same.
  package mutating func skipValue() throws(JSONError) {
    switch peek() {
    case UInt8(ascii: "{"):
      try beginObject()
      while try nextKey() != nil { try skipValue() }
    case UInt8(ascii: "["):
      try beginArray()
      while try nextElement() { try skipValue() }
    case UInt8(ascii: "\""):
      var text: [UInt8] = []
      try readString(into: &text)
    default: _ = try readValue()
    }
  }

  /// Reads the boolean that comes next.
  package mutating func readBool() throws(JSONError) -> Bool {
    switch peek() {
    case UInt8(ascii: "t"):
      try readWord("true")
      return true
    case UInt8(ascii: "f"):
      try readWord("false")
      return false
    default: throw error(.wrongType, "expected true or false")
    }
  }

  /// Reads the integer that comes next.
  package mutating func readInteger() throws(JSONError) -> Int {
    _ = peek()
    let start = position
    guard case .integer(let integer) = try readNumber() else {
      throw error(.wrongType, "expected an integer that fits in 64 bits", at: start)
    }
    return integer
  }

  private mutating func readWord(_ word: StaticString) throws(JSONError) {
    for index in 0..<word.utf8CodeUnitCount {
      guard current == word.utf8Start[index] else { throw unexpected("'\(word)'") }
      position += 1
    }
  }

  private mutating func readNumber() throws(JSONError) -> JSONValue {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let firstDigit = position
    let digits = skipDigits()
    guard digits > 0 else {
      position = start
      throw unexpected("a value")
    }
    if digits > 1, bytes[firstDigit] == UInt8(ascii: "0") {
      throw error(.invalidNumber, "expected a number without leading zeros", at: start)
    }
    var isInteger = true
    if current == UInt8(ascii: ".") {
      position += 1
      isInteger = false
      guard skipDigits() > 0 else { throw error(.invalidNumber, "expected digits after the decimal point") }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      isInteger = false
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      guard skipDigits() > 0 else { throw error(.invalidNumber, "expected digits in the exponent") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger { return Int(text).map(JSONValue.integer) ?? .largeInteger(text) }
    guard let number = Double(text) else { throw error(.invalidNumber, "expected a number", at: start) }
    return .number(number)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    return position - start
  }
}

extension JSONValue {
  /// Reads a JSON text.
  ///
  /// A lone surrogate (`\ud800` without its partner) becomes U+FFFD.
  /// - Throws: when `text` is not one JSON value, or nests deeper than 256 levels.
  public init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Reads a JSON text in UTF-8.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    self = try reader.readValue()
    try reader.finish()
  }
}
