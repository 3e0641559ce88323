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

  /// The fewest tokens that a piece of so many bytes can have.
  @inline(__always)
  func leastCount(ofBytes count: Int) -> Int {
    // Most pieces are words, which need no division.
    if count <= table.longest { return 0 }
    return encoder.keepsAllBytes ? count / table.longest : 0
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
