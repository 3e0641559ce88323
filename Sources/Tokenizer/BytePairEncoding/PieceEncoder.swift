/// Turns pieces of text into token ids: by one look-up where the piece is a token, else by merging its bytes.
struct PieceEncoder: Sendable {
  private let table: ByteStringTable
  private let encoder: BytePairEncoder
  /// By id, whether the bytes of a token give that token, so that merging them can be skipped.
  private var givesItself: [Bool]

  /// - Parameter ignoresMerges: whether a piece that is a token is that token even where its bytes merge into others.
  init(_ table: ByteStringTable, _ encoder: BytePairEncoder, ignoresMerges: Bool) {
    self.table = table
    self.encoder = encoder
    givesItself = [Bool](repeating: ignoresMerges, count: table.idCount)
    if ignoresMerges { return }
    var tokens: [Int] = []
    for id in givesItself.indices {
      guard let bytes = table[id] else { continue }
      tokens.removeAll(keepingCapacity: true)
      bytes.withUnsafeBufferPointer { encoder.encode($0, into: &tokens) }
      givesItself[id] = tokens.count == 1 && tokens[0] == id
    }
  }

  /// Appends the tokens of `piece`.
  func encode(_ piece: UnsafeBufferPointer<UInt8>, into tokens: inout [Int]) {
    if let id = table.id(of: piece), givesItself.withUnsafeBufferPointer({ $0[id] }) {
      tokens.append(id)
    } else {
      encoder.encode(piece, into: &tokens)
    }
  }
}
