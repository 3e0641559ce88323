import Graph

/// The readers of each dimension after which no other reader can run: those that no other reader depends on.
struct LastReaders {
  private let readers: [[Int]]  // [dimensions]

  init(_ dependencies: Dependencies) {
    let operations = dependencies.operations
    var descendants = [Set<Int>](repeating: [], count: operations.count)
    for number in operations.indices.reversed() {
      for output in operations[number].outputs {
        for reader in dependencies.readers[output.index] {
          descendants[number].insert(reader)
          descendants[number].formUnion(descendants[reader])
        }
      }
    }
    readers = dependencies.readers.map { readers in
      readers.filter { reader in !readers.contains { descendants[reader].contains($0) } }
    }
  }

  func of(_ dimension: Dimension) -> [Int] { readers[dimension.index] }
}
