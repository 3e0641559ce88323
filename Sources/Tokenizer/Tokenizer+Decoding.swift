extension Tokenizer {
  /// The text of `tokens`; bytes that are not well-formed UTF-8 become U+FFFD, and ids without a token nothing.
  ///
  /// - Parameter skipSpecialTokens: whether special tokens such as `<|im_end|>` are left out. `<think>` and
  ///   `<tool_call>` are not special.
  public func decode(tokens: [Int], skipSpecialTokens: Bool = false) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(tokens.count * 5)
    for token in tokens where !(skipSpecialTokens && isSpecial(token)) {
      model.names.appendBytes(of: token, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A decoder for tokens that come one at a time.
  public func streamingDecoder(skipSpecialTokens: Bool = false) -> StreamingDecoder {
    StreamingDecoder(self, skipSpecialTokens: skipSpecialTokens)
  }
}

extension Tokenizer {
  /// The bytes that a token decodes to, which alone need not be well-formed UTF-8; none for ids without a token.
  package func bytes(of token: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    model.names.appendBytes(of: token, to: &bytes)
    return bytes
  }
}
