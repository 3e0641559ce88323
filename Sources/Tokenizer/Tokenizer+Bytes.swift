extension Tokenizer {
  /// The bytes that each token is decoded to, by id; nil for special tokens and where there is no such id.
  package var tokenBytes: [[UInt8]?] {
    (0..<vocabularySize).map { id in
      let bytes = isSpecial(id) ? [] : bytes(of: id)
      return bytes.isEmpty ? nil : bytes
    }
  }
}
