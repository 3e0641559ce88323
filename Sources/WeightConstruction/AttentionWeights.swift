import Graph
import Scheduler
import Transformer

/// The attention half of a layer: a head for each lookup in the graph's order, then passthrough heads, two values each, in
/// the order of their slots. Heads that are left over are zero.
struct AttentionWeights {
  private(set) var inProjection: Matrix  // [3D, D]
  private(set) var outProjection: Matrix  // [D, D]
  private(set) var tieRules: [TransformerLayer.TieRule]
  private(set) var headRoles: [TransformerLayer.HeadRole]
  let erased: [Int]

  private let stream: ResidualStream
  private let half: Int
  private var output: OutputProjection
  private var headCount = 0

  /// - Throws: ``WeightError`` when something reads what the stream does not hold, or when heads run out.
  init(half: Int, of stream: ResidualStream) throws(WeightError) {
    self.stream = stream
    self.half = half
    inProjection = Matrix(rows: 3 * stream.width, columns: stream.width)
    outProjection = Matrix(rows: stream.width, columns: stream.width)
    tieRules = Array(repeating: .latest, count: stream.width / 2)
    headRoles = Array(repeating: .lookup, count: stream.width / 2)
    output = OutputProjection(of: half, in: stream)
    erased = stream.slots(of: stream.layout.halves[half].erased)
    for operation in stream.layout.halves[half].operations {
      if case .lookup(let lookup) = stream.graph.operations[operation].kind {
        try append(stream.graph.lookups[lookup])
      }
    }
    for first in stride(from: 0, to: output.carriers.count, by: 2) {
      try appendPassthrough(of: output.carriers[first..<min(first + 2, output.carriers.count)])
    }
    outProjection = try output.matrix(columnCount: stream.width)
  }

  private mutating func append(_ lookup: Lookup) throws(WeightError) {
    let isGather = lookup.key == PlanePoint.gatherKey(in: stream.graph)
    for (number, dimension) in lookup.outputs.enumerated() {
      output.addSource(2 * headCount + number, of: dimension)
    }
    try appendHead(
      query: lookup.query, key: lookup.key, values: lookup.values, rule: lookup.rule == .latest ? .latest : .average,
      role: isGather ? .gather : .lookup)
  }

  /// A head that attends to its own position: of the keys (2s, one) the query (t, one) scores that of s = t highest.
  private mutating func appendPassthrough(of carriers: ArraySlice<OutputProjection.Carrier>) throws(WeightError) {
    let position = Expression(stream.graph.dimension(of: .position))
    let one = Expression(stream.one)
    for (number, carrier) in carriers.enumerated() { output.addSource(2 * headCount + number, of: carrier) }
    try appendHead(
      query: PlanePoint(position, one), key: PlanePoint(2 * position, one),
      values: carriers.map { Expression($0.dimension) }, rule: .latest, role: .passthrough)
  }

  private mutating func appendHead(
    query: PlanePoint, key: PlanePoint, values: [Expression], rule: TransformerLayer.TieRule,
    role: TransformerLayer.HeadRole
  ) throws(WeightError) {
    let width = stream.width
    let first = 2 * headCount
    guard first < width else { throw WeightError(.tooFewHeads(layer: half / 2, heads: width / 2)) }
    tieRules[headCount] = rule
    headRoles[headCount] = role
    for (row, (query, key)) in [(query.x, key.x), (query.y, key.y)].enumerated() {
      try stream.write(query, times: Hardness.factor, at: half, to: &inProjection, row: first + row)
      try stream.write(key, at: half, to: &inProjection, row: width + first + row)
    }
    for (row, value) in values.enumerated() {
      try stream.write(value, at: half, to: &inProjection, row: 2 * width + first + row)
    }
    headCount += 1
  }
}

extension PlanePoint {
  /// The key of a lookup by position, as `GraphBuilder.gather` makes it.
  fileprivate static func gatherKey(in graph: ComputationGraph) -> PlanePoint {
    let height =
      GraphBuilder.recency * Expression(graph.dimension(of: .inverseLogPosition))
      - Expression(graph.dimension(of: .positionSquared))
    return PlanePoint(2 * Expression(graph.dimension(of: .position)), height)
  }
}
