/// Everything that turning text into ids and back needs; immutable.
final class TokenizerModel: Sendable {
  let normalizes: Bool
  let splitters: [TextSplitter]
  let pieces: PieceEncoder
  /// Looked for in the text as given, and in the normalized text.
  let rawTokens: AddedTokenMatcher
  let normalizedTokens: AddedTokenMatcher
  let prefix: [Int]
  let suffix: [Int]
  let specialIDs: Set<Int>
  /// By id, what the token decodes to; nil where there is no such id.
  let names: TokenNames

  init(_ file: TokenizerFile) {
    normalizes = file.normalizes
    splitters = file.splitters
    prefix = file.prefix
    suffix = file.suffix
    let vocabulary = file.vocabulary
    let unknownToken = file.unknownToken.flatMap { vocabulary.id(ofToken: Array($0.utf8)[...]) }
    let encoder = BytePairEncoder(
      merges: file.merges, unknownToken: unknownToken.map { UInt32($0) }, fusesUnknown: file.fusesUnknown
    ) { byte in
      [byte].withUnsafeBufferPointer(vocabulary.table.id).map { UInt32($0) }
    }
    pieces = PieceEncoder(vocabulary.table, encoder, ignoresMerges: file.ignoresMerges)
    let added = file.addedTokens.filter { !$0.content.isEmpty }
    let raw = added.filter { !$0.isNormalized }
    let normalized = added.filter(\.isNormalized)
    rawTokens = AddedTokenMatcher(raw, contents: raw.map { Array($0.content.utf8) })
    normalizedTokens = AddedTokenMatcher(
      normalized,
      contents: normalized.map { token in
        let content = Array(token.content.utf8)
        let form = file.normalizes ? content.withUnsafeBufferPointer(NormalizationFormC().normalize) : nil
        return form ?? content
      })
    specialIDs = Set(added.filter(\.isSpecial).map(\.id))
    names = TokenNames(vocabulary, added)
  }
}

extension TokenizerModel {
  func id(of name: String) -> Int? { names.id(of: name) }
  func name(of id: Int) -> String? { names.name(of: id) }
}
