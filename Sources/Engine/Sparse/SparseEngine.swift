public import Transformer

/// Runs a transformer by its non-zero weights alone, interpreting a plan.
///
/// The model is translated once: weights that are zero, slots known to be zero, rows that only copy, equal rows and heads
/// that nothing reads disappear, neurons that compare one register with constants become a table, and each remaining head is
/// searched in the cheapest way that the weights prove right. Sums keep their order, so every number equals the dense
/// engine's to the bit, as long as none overflows.
///
/// A head whose keys are integers on a parabola is searched by number until a key or a query shows that they are not; then the
/// run is read again with a hull in its place.
///
/// - Complexity: O(non-zero weights) for each token, and O(log n) for each head that needs a hull. Memory grows by
///   4 bytes for the token, by 8 bytes for each distinct value that heads gather by position and that is not one of the
///   token alone, and with the hulls.
public struct SparseEngine: BlockEngine, PlannedEngine {
  /// The number of positions up to which every shortcut is exact.
  public static let positionLimit = RegisterGraph.positionLimit

  package var run: PlannedRun

  /// Translates a model; the engine is at position 0.
  public init(_ model: TransformerModel) {
    run = PlannedRun(PlannedModel(model))
  }

  /// The number of numbers that are remembered for every position, besides the token.
  package var storedColumnCount: Int { run.model.program.columns.count }

  /// The rows of each table in the place of neurons.
  package var functionRowCounts: [Int] { run.model.program.functions.map(\.rowCount) }

  public var name: String { "plan" }
}
