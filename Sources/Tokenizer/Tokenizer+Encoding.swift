extension Tokenizer {
  /// The token ids of `text`.
  ///
  /// - Parameter addSpecialTokens: whether the tokens that the file puts around a text, if any, are added. Qwen3 has
  ///   none.
  /// - Parameter matchAddedTokens: whether added tokens such as `<|im_end|>` are recognised in the text. Without that
  ///   they are spelled out like any other text, so that text from elsewhere cannot pass for the end of a turn.
  /// - Complexity: O(n log n) in the longest piece, linear in the rest.
  public func encode(text: String, addSpecialTokens: Bool = true, matchAddedTokens: Bool = true) -> [Int] {
    var ids: [Int] = addSpecialTokens ? model.prefix : []
    var text = text
    text.withUTF8 { bytes in
      // Prose and code come to some 4 bytes a token.
      ids.reserveCapacity(ids.count + bytes.count / 4 + 8)
      model.encode(bytes, matchAddedTokens: matchAddedTokens, into: &ids)
    }
    if addSpecialTokens { ids += model.suffix }
    return ids
  }
}

extension TokenizerModel {
  /// Appends the ids of `text`, well-formed UTF-8.
  func encode(_ text: UnsafeBufferPointer<UInt8>, matchAddedTokens: Bool, into ids: inout [Int]) {
    guard matchAddedTokens, !rawTokens.isEmpty else {
      return encodeSegment(text, matchAddedTokens: matchAddedTokens, into: &ids)
    }
    for segment in rawTokens.segments(of: text) {
      switch segment {
      case .token(let id): ids.append(id)
      case .text(let bytes):
        encodeSegment(UnsafeBufferPointer(rebasing: text[bytes]), matchAddedTokens: true, into: &ids)
      }
    }
  }

  /// Appends the ids of text without raw added tokens.
  private func encodeSegment(_ text: UnsafeBufferPointer<UInt8>, matchAddedTokens: Bool, into ids: inout [Int]) {
    if normalizes, let form = NormalizationFormC().normalize(text) {
      form.withUnsafeBufferPointer { encodeNormalized($0, matchAddedTokens: matchAddedTokens, into: &ids) }
    } else {
      encodeNormalized(text, matchAddedTokens: matchAddedTokens, into: &ids)
    }
  }

  private func encodeNormalized(_ text: UnsafeBufferPointer<UInt8>, matchAddedTokens: Bool, into ids: inout [Int]) {
    guard matchAddedTokens, !normalizedTokens.isEmpty else { return encodePlain(text, splitters[...], into: &ids) }
    for segment in normalizedTokens.segments(of: text) {
      switch segment {
      case .token(let id): ids.append(id)
      case .text(let bytes): encodePlain(UnsafeBufferPointer(rebasing: text[bytes]), splitters[...], into: &ids)
      }
    }
  }

  /// Appends the ids of text in which no added tokens are left, cut by `splitters` in turn.
  private func encodePlain(
    _ text: UnsafeBufferPointer<UInt8>, _ splitters: ArraySlice<TextSplitter>, into ids: inout [Int]
  ) {
    guard let splitter = splitters.first else { return pieces.encode(text, into: &ids) }
    let others = splitters.dropFirst()
    if others.isEmpty {
      splitter.forEachPiece(of: text) { pieces.encode($0, into: &ids) }
    } else {
      splitter.forEachPiece(of: text) { encodePlain($0, others, into: &ids) }
    }
  }
}
