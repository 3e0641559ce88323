/// The words of a trace file, with the ids of those that are tokens.
struct TraceWords {
  /// A word: its bytes, and its token's id unless there is none.
  struct Word {
    let bytes: ArraySlice<UInt8>
    let id: Int32?
  }

  private let bytes: [UInt8]
  private let ids: [ArraySlice<UInt8>: Int32]
  private var position = 0

  init(_ text: some Sequence<UInt8>, vocabulary: MachineVocabulary) {
    bytes = Array(text)
    ids = Dictionary(
      uniqueKeysWithValues: vocabulary.texts.enumerated().map { (Array($1.utf8)[...], Int32($0)) })
  }

  mutating func next() -> Word? {
    while position < bytes.count, Self.isWhiteSpace(bytes[position]) { position += 1 }
    let start = position
    while position < bytes.count, !Self.isWhiteSpace(bytes[position]) { position += 1 }
    guard start < position else { return nil }
    return Word(bytes: bytes[start..<position], id: ids[bytes[start..<position]])
  }

  private static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0d).contains(byte)
  }
}
