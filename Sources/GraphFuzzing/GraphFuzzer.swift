/// Compares random graphs, one after another, until something that computes them differs.
package struct GraphFuzzer {
  /// How many graphs were compared.
  package private(set) var graphs = 0
  /// How many operations they have.
  package private(set) var operations = 0

  package init() {}

  /// A trial in which something differs, made as small as it gets.
  package struct Failure: Sendable {
    /// From which the trial was made.
    package let seed: UInt64
    package let shrunk: GraphTrial
    package let difference: GraphDifference
  }

  /// Compares the graphs of the seeds from `seed` on.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - weights: makes the weights.
  ///   - progress: told after each graph how many there were.
  /// - Returns: the first difference; nil where there is none.
  /// - Throws: what keeps a graph from being built, scheduled or executed.
  package mutating func run(
    seed: UInt64, count: Int, weights: GraphTrial.Construction = GraphTrial.weights, progress: (Int) -> Void = { _ in }
  ) throws -> Failure? {
    for number in 0..<count {
      let trial = GraphTrial(seed: seed &+ UInt64(number))
      let difference = try trial.firstDifference(weights: weights)
      graphs += 1
      operations += try trial.operationCount()
      if let difference {
        let shrunk = trial.shrunk(weights: weights)
        return Failure(
          seed: trial.recipe.seed, shrunk: shrunk,
          difference: try shrunk.firstDifference(weights: weights) ?? difference)
      }
      progress(graphs)
    }
    return nil
  }
}

extension GraphFuzzer.Failure {
  /// The difference and the small graph.
  package var report: String {
    let lines =
      ["seed \(seed): \(difference.text)", "\(difference.operations.count) operations, \(shrunk.steps) tokens", ""]
      + difference.operations + ["", "tokens: " + difference.tokens.joined(separator: " "), ""]
    return lines.joined(separator: "\n")
  }
}
