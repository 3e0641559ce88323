extension Tokenizer {
  /// The token ids of `text`.
  ///
  /// - Parameter addSpecialTokens: whether the tokens that the file puts around a text, if any, are added. Qwen3 has
  ///   none.
  /// - Parameter matchAddedTokens: whether added tokens such as `<|im_end|>` are recognised in the text. Without that
  ///   they are spelled out like any other text, so that text from elsewhere cannot pass for the end of a turn.
  /// - Complexity: O(n log n) in the longest piece, linear in the rest.
  public func encode(text: String, addSpecialTokens: Bool = true, matchAddedTokens: Bool = true) -> [Int] {
    encode(text: text, addSpecialTokens: addSpecialTokens, matchAddedTokens: matchAddedTokens, limit: .max) ?? []
  }

  /// The token ids of `text`; nil where there are more than a limit, which is found without finding them all.
  ///
  /// - Parameters: as of `encode(text:addSpecialTokens:matchAddedTokens:)`.
  package func encode(
    text: String, addSpecialTokens: Bool = true, matchAddedTokens: Bool = true, limit: Int
  ) -> [Int]? {
    var tokens = TokenCollector(limit: limit)
    if addSpecialTokens { model.prefix.forEach { tokens.append($0) } }
    var text = text
    text.withUTF8 { bytes in
      // Prose and code come to some 4 bytes a token.
      tokens.reserveCapacity(min(bytes.count / 4 + 8, limit))
      model.encode(bytes, matchAddedTokens: matchAddedTokens, into: &tokens)
    }
    if addSpecialTokens { model.suffix.forEach { tokens.append($0) } }
    return tokens.isOver ? nil : tokens.ids
  }
}

extension TokenizerModel {
  /// Appends the ids of `text`, well-formed UTF-8.
  func encode(_ text: UnsafeBufferPointer<UInt8>, matchAddedTokens: Bool, into tokens: inout TokenCollector) {
    guard matchAddedTokens, !rawTokens.isEmpty else {
      return encodeSegment(text, matchAddedTokens: matchAddedTokens, into: &tokens)
    }
    for segment in rawTokens.segments(of: text) {
      switch segment {
      case .token(let id): tokens.append(id)
      case .text(let bytes):
        encodeSegment(UnsafeBufferPointer(rebasing: text[bytes]), matchAddedTokens: true, into: &tokens)
      }
    }
  }

  /// Appends the ids of text without raw added tokens.
  private func encodeSegment(
    _ text: UnsafeBufferPointer<UInt8>, matchAddedTokens: Bool, into tokens: inout TokenCollector
  ) {
    if normalizes, let form = NormalizationFormC().normalize(text) {
      form.withUnsafeBufferPointer { encodeNormalized($0, matchAddedTokens: matchAddedTokens, into: &tokens) }
    } else {
      encodeNormalized(text, matchAddedTokens: matchAddedTokens, into: &tokens)
    }
  }

  private func encodeNormalized(
    _ text: UnsafeBufferPointer<UInt8>, matchAddedTokens: Bool, into tokens: inout TokenCollector
  ) {
    guard matchAddedTokens, !normalizedTokens.isEmpty else { return encodePlain(text, splitters[...], into: &tokens) }
    for segment in normalizedTokens.segments(of: text) {
      switch segment {
      case .token(let id): tokens.append(id)
      case .text(let bytes): encodePlain(UnsafeBufferPointer(rebasing: text[bytes]), splitters[...], into: &tokens)
      }
    }
  }

  /// Appends the ids of text in which no added tokens are left, cut by `splitters` in turn.
  private func encodePlain(
    _ text: UnsafeBufferPointer<UInt8>, _ splitters: ArraySlice<TextSplitter>, into tokens: inout TokenCollector
  ) {
    guard let splitter = splitters.first else { return tokens.append(text, by: pieces) }
    let others = splitters.dropFirst()
    if others.isEmpty {
      splitter.forEachPiece(of: text) { tokens.append($0, by: pieces) }
    } else {
      splitter.forEachPiece(of: text) { encodePlain($0, others, into: &tokens) }
    }
  }
}
