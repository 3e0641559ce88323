import Graph

/// A width that no schedule within the windows can be below: what is certainly in the stream at some boundary.
struct WidthBound {
  /// An even number.
  let width: Int

  init(_ dependencies: Dependencies, windows: Windows) {
    var occupied = [Int](repeating: 0, count: 2 * windows.layerCount + 1)
    for index in dependencies.graph.nodes.indices {
      let bornAt = dependencies.producers[index].map { windows.latest[$0] + 1 } ?? 0
      let lastReading = dependencies.readers[index].map { windows.earliest[$0] }.max() ?? -1
      let end = dependencies.staysToTheEnd[index] ? 2 * windows.layerCount : lastReading
      if bornAt <= end { for boundary in bornAt...end { occupied[boundary] += 1 } }
    }
    let needed = occupied.max() ?? 0
    width = max(4, needed + needed % 2)
  }
}
