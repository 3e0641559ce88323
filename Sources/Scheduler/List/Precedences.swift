import Graph

/// Which operations follow which, as lists per operation: what a search over placements needs at hand.
struct Precedences {
  /// An operation before or after another one.
  struct Link {
    let operation: Int
    /// The number of half-layers that must lie between the two: 0 where a persist may share its producer's half-layer.
    let distance: Int
  }

  let before: [[Link]]  // [operations]
  let after: [[Link]]  // [operations]
  /// The operations that must share the layer of each operation, in both directions.
  let coupled: [[Int]]  // [operations]
  /// Whether each operation runs in both kinds of half-layer, or in which parity.
  let parity: [Int?]  // [operations]

  init(_ dependencies: Dependencies) {
    let operations = dependencies.operations
    var before = [[Link]](repeating: [], count: operations.count)
    var after = before
    var coupled = [[Int]](repeating: [], count: operations.count)
    for reader in operations.indices {
      var distances: [Int: Int] = [:]
      for read in operations[reader].reads {
        guard let producer = dependencies.producers[read.index] else { continue }
        distances[producer] = dependencies.canReadDirectly(reader, read) ? 0 : 1
      }
      for (producer, distance) in distances.sorted(by: { $0.key < $1.key }) {
        before[reader].append(Link(operation: producer, distance: distance))
        after[producer].append(Link(operation: reader, distance: distance))
      }
      for lookup in dependencies.coupledLookups(of: reader) {
        coupled[reader].append(lookup)
        coupled[lookup].append(reader)
      }
    }
    self.before = before
    self.after = after
    self.coupled = coupled
    parity = operations.map { operation in
      switch operation.kind {
      case .persist: nil
      case .lookup: 0
      case .reglu, .table: 1
      }
    }
  }

  /// The first half-layer from `half` on in which the operation can run.
  func first(for operation: Int, from half: Int) -> Int {
    guard let parity = parity[operation] else { return half }
    return half + (half + parity) % 2
  }

  /// The last half-layer up to `half` in which the operation can run; −1 for none.
  func last(for operation: Int, to half: Int) -> Int {
    guard half >= 0, let parity = parity[operation] else { return half }
    return half - (half + parity) % 2
  }
}
