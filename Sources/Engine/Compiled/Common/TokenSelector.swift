import Transformer

/// A head that gathers a token's columns by position: whatever depends on nothing else is found by that token, in a table.
///
/// A machine fetches its instruction so; what tells its opcodes apart are functions of that one token.
struct TokenSelector: Sendable {
  /// The head's number in the sparse program.
  let gather: Int
  /// The head's first result, the other following.
  let destination: Int
  /// The pairs that the head may return, a row of the table each.
  let pairs: [SIMD2<Double>]
  /// The row of each token.
  let rowOfToken: [Int]  // [V]

  /// A table with more rows would not stay in the processor's nearest cache.
  private static let greatestRowCount = 512

  /// Nil when the head's results are not those of one token, or those of too many.
  init?(_ gather: Int, of program: SparseProgram) {
    let head = program.gathers[gather]
    guard head.rule == .latest, program.embeddingColumns > 0 else { return nil }
    var columns: [Int?] = []
    for column in [head.columns.x, head.columns.y] {
      switch column {
      case .embedding(let column): columns.append(column)
      case .stored: return nil
      case nil: columns.append(nil)
      }
    }
    var pairs: [SIMD2<Double>] = []
    var rowOfPair: [SIMD2<Double>: Int] = [:]
    var rowOfToken: [Int] = []
    for first in stride(from: 0, to: program.embedding.count, by: program.embeddingColumns) {
      // Zeros of both signs are one number.
      let pair = SIMD2(columns.map { column in column.map { program.embedding[first + $0] + 0 } ?? 0 })
      if rowOfPair[pair] == nil {
        rowOfPair[pair] = pairs.count
        pairs.append(pair)
      }
      rowOfToken.append(rowOfPair[pair] ?? 0)
      guard pairs.count <= Self.greatestRowCount else { return nil }
    }
    self.gather = gather
    destination = head.destination
    self.pairs = pairs
    self.rowOfToken = rowOfToken
  }

  /// What the head's results are by row.
  var columns: (x: Coefficient, y: Coefficient) {
    (.rows(pairs.map(\.x)), .rows(pairs.map(\.y)))
  }
}

extension TokenSelector {
  /// So many neurons whose gates depend on one token alone are worth a table.
  private static let leastNeurons = 8

  /// The head on whose token most neurons' gates depend.
  static func best(of program: SparseProgram, _ exact: ExactForms) -> TokenSelector? {
    var gatherOfRegister: [Int: Int] = [:]
    for (gather, head) in program.gathers.enumerated() {
      gatherOfRegister[head.destination] = gather
      gatherOfRegister[head.destination + 1] = gather
    }
    var counts: [Int: Int] = [:]
    for unit in program.units {
      guard case .sum(nil, let terms, isExact: true) = exact.evaluations[Int(unit.gate)] else { continue }
      let gathers = Set(terms.map(\.register).filter { $0 != LinearForm.one }.map { gatherOfRegister[$0] })
      if gathers.count == 1, let gather = gathers.first ?? nil { counts[gather, default: 0] += 1 }
    }
    let candidates = counts.filter { $0.value >= leastNeurons }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return candidates.lazy.compactMap { TokenSelector($0.key, of: program) }.first
  }
}
