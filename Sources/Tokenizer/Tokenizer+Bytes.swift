extension Tokenizer {
  /// The bytes that each token is decoded to, by id; nil for special tokens and where there is no such id.
  public var tokenBytes: [[UInt8]?] {
    (0..<vocabularySize).map { id in
      guard !isSpecial(id) else { return nil }
      var bytes: [UInt8] = []
      model.names.appendBytes(of: id, to: &bytes)
      return bytes.isEmpty ? nil : bytes
    }
  }
}
