package import WebAssembly

/// The types of a function's parameters and locals, by local index.
///
/// Locals stay in the runs of the file: a few bytes can declare four billion of them.
package struct LocalTypes: Sendable {
  private let parameters: [ValueType]
  /// The runs that are not empty, each with the local index that follows it.
  private let runs: [(end: Int, type: ValueType)]

  /// `parameters`, then the locals of `runs`.
  init(parameters: [ValueType], runs: [Function.LocalRun]) {
    self.parameters = parameters
    var end = parameters.count
    var ends: [(end: Int, type: ValueType)] = []
    for run in runs where run.count > 0 {
      end += Int(run.count)
      ends.append((end, run.type))
    }
    self.runs = ends
  }

  /// The number of parameters and locals.
  package var count: Int { runs.last?.end ?? parameters.count }

  /// The type of the local `index`, or `nil` where there is none.
  ///
  /// - Complexity: O(log *n*) for *n* runs.
  package subscript(index: LocalIndex) -> ValueType? {
    let index = Int(index)
    if index < parameters.count { return parameters[index] }
    // The first run that ends after the index.
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end > index { high = middle } else { low = middle + 1 }
    }
    return low < runs.count ? runs[low].type : nil
  }
}
