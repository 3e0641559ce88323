import Attention
import Transformer

/// What the heads of a dense engine remember.
///
/// Every head has a cache of its own, but for those that gather by position. Each of their keys is a vertex of the hull, and the keys are
/// the same for all of them: so they share one hull, and where they carry the same number, they share the list of its values too.
/// What is shared is compared at every position, because numbers that are equal by the weights may differ when one overflows.
struct DenseMemory: Sendable {
  /// Where a head's keys and values are.
  private enum Place {
    case own(Int)
    case shared(hull: Int, values: (x: Int?, y: Int?))
  }

  private var places: [Place] = []  // [layers · heads]
  private var caches: [any HeadCache] = []
  /// Shared hulls. They hold no values: the winner's position tells them.
  private var hulls: [HullHeadCache] = []
  private var latestKeys: [SIMD2<Double>] = []  // [hulls]
  /// The values of all positions.
  private var columns: [[Double]] = []  // [columns][positions]

  /// Empty memories for a model's heads, each with a cache of its own.
  init(_ model: TransformerModel, _ attention: AttentionMethod) {
    for rule in model.layers.flatMap(\.tieRules) { addOwn(attention.makeCache(rule)) }
  }

  /// Empty memories for a model's heads, which share hulls where keys are the same.
  init(sharingHullsOf model: TransformerModel) {
    var hullOfKey: [RegisterPair: Int] = [:]
    var columnOfValue: [Register: Int] = [:]
    let gathering = ModelLowering(model).gatheringHeads
    for (head, rule) in model.layers.flatMap(\.tieRules).enumerated() {
      guard let gather = gathering[head], rule == .latest else {
        addOwn(HullHeadCache(tieRule: rule.attentionRule))
        continue
      }
      let hull = hullOfKey[gather.key] ?? addHull()
      hullOfKey[gather.key] = hull
      var lanes = (x: Int?.none, y: Int?.none)
      if gather.values.x != .zero { lanes.x = columnOfValue[gather.values.x] ?? addColumn() }
      columnOfValue[gather.values.x] = lanes.x
      if gather.values.y != .zero { lanes.y = columnOfValue[gather.values.y] ?? addColumn() }
      columnOfValue[gather.values.y] = lanes.y
      places.append(.shared(hull: hull, values: lanes))
    }
  }

  private mutating func addHull() -> Int {
    hulls.append(HullHeadCache(tieRule: .latest))
    latestKeys.append(.zero)
    return hulls.count - 1
  }

  private mutating func addColumn() -> Int {
    columns.append([])
    return columns.count - 1
  }

  private mutating func addOwn(_ cache: any HeadCache) {
    places.append(.own(caches.count))
    caches.append(cache)
  }

  /// Takes in a head's key and value at a position; the value attended to. Nil when what is shared is not the same for all.
  mutating func attend(
    _ head: Int, query: SIMD2<Double>, key: SIMD2<Double>, value: SIMD2<Double>, position: Int
  ) -> SIMD2<Double>? {
    switch places[head] {
    case .own(let cache):
      caches[cache].insert(key: key, value: value)
      return caches[cache].queryInPlace(query)
    case .shared(let hull, let values):
      guard share(key, hull: hull, position), share(value.x, values.x, position), share(value.y, values.y, position)
      else { return nil }
      guard let winner = hulls[hull].winners(query)?.positionOrCount else { return nil }
      return SIMD2(values.x.map { columns[$0][winner] } ?? 0, values.y.map { columns[$0][winner] } ?? 0)
    }
  }

  private mutating func share(_ key: SIMD2<Double>, hull: Int, _ position: Int) -> Bool {
    if hulls[hull].count > position { return key == latestKeys[hull] }
    hulls[hull].insert(key: key, value: .zero)
    latestKeys[hull] = key
    return true
  }

  private mutating func share(_ value: Double, _ column: Int?, _ position: Int) -> Bool {
    guard let column else { return value == 0 }
    if columns[column].count > position { return columns[column][position] == value }
    columns[column].append(value)
    return true
  }
}
