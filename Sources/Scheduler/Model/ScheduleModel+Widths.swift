import Graph

extension ScheduleModel {
  /// Two half-heads for each lookup and one for each dimension carried, in every attention half.
  mutating func addAttentionWidths() {
    for layer in 0..<windows.layerCount {
      let half = 2 * layer
      var needed = carried(in: half)
      for number in dependencies.operations.indices where dependencies.operations[number].kind.isLookup {
        needed.add(runs(number, in: half), times: 2)
      }
      program.addAtMostZero(needed - LinearSum(column: halfWidth, 2))
    }
  }

  /// A neuron for each ReGLU, each row of a table and each dimension carried, in every feed-forward half.
  ///
  /// Here a death cannot be put off any further: what no reader waits for has left the stream. A dimension whose slot is
  /// never filled again counts too, although a layout leaves it where it is; so the cap is kept with a little to spare.
  mutating func addFeedForwardWidths(atMost most: Int) {
    let readers = LastReaders(dependencies)
    for index in dependencies.graph.nodes.indices where !dependencies.staysToTheEnd[index] {
      let dimension = Dimension(index: index)
      for layer in 0..<windows.layerCount {
        let boundary = 2 * layer + 2
        var unneeded = live[index][boundary]
        for reader in readers.of(dimension) {
          unneeded.add(hasRun(reader, by: boundary - 1))
          unneeded.add(isBorn(dimension, at: boundary), times: -1)
        }
        program.addAtMostZero(unneeded)
      }
    }
    for layer in 0..<windows.layerCount {
      let half = 2 * layer + 1
      var needed = carried(in: half)
      for number in dependencies.operations.indices {
        needed.add(runs(number, in: half), times: Double(dependencies.neuronCount(of: number)))
      }
      program.addAtMostZero(needed - LinearSum(Double(most)))
    }
  }

  /// The number of dimensions that the half-layer's persists read from the stream or that die in it.
  private mutating func carried(in half: Int) -> LinearSum {
    var count = LinearSum(0)
    for index in dependencies.graph.nodes.indices {
      let dimension = Dimension(index: index)
      var reasons = forwardings(of: dimension, in: half)
      if !dependencies.staysToTheEnd[index] { reasons.append(live[index][half] - live[index][half + 1]) }
      count.add(union(reasons, name: "carried_\(index)_\(half)"))
    }
    return count
  }

  /// For each persist that reads the dimension: 1 when it runs in the half-layer and takes the dimension from the stream.
  private func forwardings(of dimension: Dimension, in half: Int) -> [LinearSum] {
    dependencies.readers[dimension.index].compactMap { reader in
      guard dependencies.operations[reader].kind == .persist else { return nil }
      var sum = runs(reader, in: half)
      if dependencies.canReadDirectly(reader, dimension), let producer = dependencies.producers[dimension.index] {
        sum.add(runs(producer, in: half), times: -1)
      }
      return sum
    }
  }
}
