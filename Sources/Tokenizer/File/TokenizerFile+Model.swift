import ChatTemplate

extension TokenizerFile {
  /// Reads the model: byte-level BPE, or an error.
  mutating func readModel(from reader: inout JSONReader) throws {
    var mergesReader: JSONReader?
    var hasVocabulary = false
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "vocab":
        try readVocabulary(from: &reader)
        hasVocabulary = true
      case "merges":
        if hasVocabulary {
          try readMerges(from: &reader)
        } else {
          mergesReader = reader
          try reader.skipValue()
        }
      default: try readModelEntry(key, reader.readValue())
      }
    }
    guard hasVocabulary else { throw error(.invalidEntry, "expected an entry 'vocab' in 'model'") }
    if var mergesReader { try readMerges(from: &mergesReader) }
    try checkBytes()
  }

  private mutating func readModelEntry(_ key: String, _ value: JSONValue) throws {
    switch key {
    case "type":
      guard value == "BPE" else { throw error(.unsupported, "expected a model of type BPE, found \(value.summary)") }
    case "dropout":
      guard value == .null || value == 0 || value == 0.0 else { throw error(.unsupported, "expected no dropout") }
    case "continuing_subword_prefix", "end_of_word_suffix":
      guard value == .null || value == "" else { throw error(.unsupported, "expected '\(key)' to be empty") }
    case "byte_fallback":
      guard value != true else { throw error(.unsupported, "expected no byte_fallback in a byte-level model") }
    case "unk_token": unknownToken = value.stringValue
    case "fuse_unk": fusesUnknown = value == true
    case "ignore_merges": ignoresMerges = value == true
    default: break
    }
  }

  private mutating func readVocabulary(from reader: inout JSONReader) throws {
    vocabulary = Vocabulary(expecting: reader.remainingBytes / 40)
    var token: [UInt8] = []
    try reader.beginObject()
    while try reader.nextKey(into: &token) {
      let id = try reader.readInteger()
      guard (0...Vocabulary.greatestID).contains(id) else {
        let name = String(decoding: token, as: UTF8.self)
        throw error(.invalidEntry, "expected the id of '\(name)' in 0…\(Vocabulary.greatestID), found \(id)")
      }
      guard vocabulary.name(of: id) == nil else {
        let name = String(decoding: token, as: UTF8.self)
        throw error(.invalidEntry, "expected an id of its own for '\(name)', found \(id) again")
      }
      vocabulary.insert(token, id: id)
    }
  }

  /// Checks that every text can be encoded: that each byte has a token, unless there is one for what is unknown.
  private func checkBytes() throws(TokenizerError) {
    if let unknownToken, vocabulary.id(ofToken: Array(unknownToken.utf8)[...]) != nil { return }
    for byte: UInt8 in 0...255 {
      let name = ByteLevelAlphabet.encode([byte])
      guard vocabulary.id(ofToken: Array(name.utf8)[...]) != nil else {
        throw error(
          .invalidEntry, "expected a token for each byte in 'vocab', but '\(name)' for byte \(byte) is missing")
      }
    }
  }

  private mutating func readMerges(from reader: inout JSONReader) throws {
    merges = MergeTable(expecting: reader.remainingBytes / 24)
    var rank = 0
    var text: [UInt8] = []
    try reader.beginArray()
    while try reader.nextElement() {
      text.removeAll(keepingCapacity: true)
      let middle: Int
      if reader.peek() == UInt8(ascii: "[") {
        middle = try readPair(from: &reader, into: &text)
      } else {
        try reader.readString(into: &text)
        guard let space = text.firstIndex(of: UInt8(ascii: " ")), !text[(space + 1)...].contains(UInt8(ascii: " "))
        else {
          throw error(.invalidEntry, "expected merge \(rank) to be two tokens with a space between them")
        }
        text.remove(at: space)
        middle = space
      }
      let left = try id(of: text[..<middle], rank)
      let right = try id(of: text[middle...], rank)
      merges.insert(UInt32(left), UInt32(right), rank: rank, id: UInt32(try id(of: text[...], rank)))
      rank += 1
    }
  }

  /// Reads a merge written as an array, one token after the other, and returns where the second starts.
  private func readPair(from reader: inout JSONReader, into text: inout [UInt8]) throws -> Int {
    let offset = reader.position
    var middle: Int?
    var count = 0
    try reader.beginArray()
    while try reader.nextElement() {
      if count == 1 { middle = text.count }
      try reader.readString(into: &text)
      count += 1
    }
    guard let middle, count == 2 else {
      throw reader.error(.wrongType, "expected a merge of two tokens", at: offset)
    }
    return middle
  }

  private func id(of token: ArraySlice<UInt8>, _ rank: Int) throws(TokenizerError) -> Int {
    if let id = vocabulary.id(ofToken: token) { return id }
    let name = String(decoding: token, as: UTF8.self)
    throw error(.unknownToken, "expected the tokens of merge \(rank) in the vocabulary, but '\(name)' is not")
  }
}

extension JSONValue {
  /// A word for error messages: a string itself, and the type of anything else.
  var summary: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .integer, .largeInteger, .number: "a number"
    case .string(let text): "'\(text)'"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
