import ModuleExecution
import WebAssembly

/// Compares random modules, one after another, until two machines differ.
package struct ModuleFuzzer {
  private let comparison: ModuleComparison
  package private(set) var statistics = FuzzStatistics()

  package init(_ comparison: ModuleComparison) {
    self.comparison = comparison
  }

  /// Compares the modules of the seeds from `seed` on.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - progress: told from time to time how many were compared.
  /// - Returns: the first difference, made small; nil where there is none.
  /// - Throws: ``FuzzingError`` when node gives no answer; what keeps a machine from being made.
  package mutating func run(
    seed: UInt64, count: Int, progress: (FuzzStatistics) -> Void = { _ in }
  ) throws -> ModuleFailure? {
    var first = 0
    while first < count {
      let batch = first..<min(count, first + ModuleComparison.batchCount)
      let cases = batch.map { ModuleCase(seed: seed &+ UInt64($0)) }
      for (number, verdict) in zip(batch, try comparison.verdicts(on: cases)) {
        let subject = cases[number - first]
        statistics.note(subject, verdict)
        if let difference = verdict.difference {
          return ModuleFailure(subject, seed: seed &+ UInt64(number), difference, comparison)
        }
      }
      first = batch.upperBound
      progress(statistics)
    }
    return nil
  }
}
