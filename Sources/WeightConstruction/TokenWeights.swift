import Graph
import Scheduler
import Transformer

/// The two matrices that know the vocabulary.
struct TokenWeights {
  let embedding: Matrix  // [V, D]
  let head: Matrix  // [V, D]

  /// - Throws: ``WeightError`` when a first token is unknown or has an embedding, or when a score reads what the stream does
  ///   not hold at its end.
  init(_ stream: ResidualStream, firstTokens: Set<String>) throws(WeightError) {
    let tokens = stream.graph.tokens
    var embedding = Matrix(rows: tokens.count, columns: stream.width)
    var head = Matrix(rows: tokens.count, columns: stream.width)
    let known = Set(tokens.map(\.text))
    for token in firstTokens.sorted() where !known.contains(token) { throw WeightError(.unknownToken(token)) }
    for (row, token) in tokens.enumerated() {
      for (dimension, value) in token.embedding.sorted(by: { $0.key < $1.key }) where value != 0 {
        if firstTokens.contains(token.text) { throw WeightError(.firstTokenWithEmbedding(token.text)) }
        // An input that nothing reads has no slot.
        guard let residence = stream.layout.residences[dimension.index] else { continue }
        embedding[row, residence.slot] = value
      }
      if !firstTokens.contains(token.text) { embedding[row, try stream.slot(of: stream.one, at: 0)] = 1 }
      try stream.write(token.score, at: stream.layout.schedule.halfCount, to: &head, row: row)
    }
    self.embedding = embedding
    self.head = head
  }
}
