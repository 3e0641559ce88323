import RandomNumbers
import Transformer

/// Numbers whose bits are easily lost: both zeros, the extremes, subnormals, and ones that need 17 digits.
let awkwardNumbers: [Double] = [
  0, -0.0, 1, -1, 0.1, 1 / 3, .leastNonzeroMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude, -1e30,
  0x1p34, 9_007_199_254_740_991,
]

extension Matrix {
  static func random(_ rows: Int, _ columns: Int, _ generator: inout SplitMix64) -> Matrix {
    var matrix = Matrix(rows: rows, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        matrix[row, column] = awkwardNumbers.randomElement(using: &generator) ?? 0
      }
    }
    return matrix
  }
}

extension TransformerModel {
  /// A model of given sizes whose numbers are awkward and whose lists are filled at random.
  static func random(
    vocabulary: [String] = ["halt", "", "}", "\"\\\n\u{1}", "é", "e\u{301}", "𝄞"],
    width: Int = 6, layers: Int = 2, neurons: Int = 3, metadata: [String: String] = [:], seed: UInt64 = 1
  ) throws -> TransformerModel {
    var generator = SplitMix64(seed: seed)
    var made: [TransformerLayer] = []
    for _ in 0..<layers {
      made.append(
        TransformerLayer(
          inProjection: .random(3 * width, width, &generator),
          outProjection: .random(width, width, &generator),
          feedForwardIn: .random(2 * neurons, width, &generator),
          feedForwardOut: .random(width, neurons, &generator),
          erasedAfterAttention: (3..<width).filter { _ in Bool.random(using: &generator) },
          erasedAfterFeedForward: (3..<width).filter { _ in Bool.random(using: &generator) },
          tieRules: (0..<width / 2).map { _ in Bool.random(using: &generator) ? .latest : .average },
          headRoles: (0..<width / 2).map { _ in
            TransformerLayer.HeadRole.allCases.randomElement(using: &generator) ?? .lookup
          }))
    }
    return try TransformerModel(
      vocabulary: vocabulary, stopToken: vocabulary.count - 1,
      embedding: .random(vocabulary.count, width, &generator), layers: made,
      head: .random(vocabulary.count, width, &generator), metadata: metadata)
  }

  /// Every weight's bits, since equality of numbers would not tell the two zeros apart.
  var bits: [UInt64] {
    let matrices =
      [embedding]
      + layers.flatMap { [$0.inProjection, $0.outProjection, $0.feedForwardIn, $0.feedForwardOut] } + [head]
    return matrices.flatMap { $0.elements.map(\.bitPattern) }
  }
}

/// The error that a body throws, or nil when it throws none.
func failure<Result>(of body: () throws(TransformerError) -> Result) -> TransformerError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error
  }
}
