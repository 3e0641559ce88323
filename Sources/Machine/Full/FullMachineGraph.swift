public import Graph
public import InstructionSet

/// The full profile's machine as a computation graph: the next token of a trace from all tokens before it.
public struct FullMachineGraph: Sendable {
  public let graph: ComputationGraph
  public let vocabulary: FullVocabulary

  /// The machine whose program is in its prompt.
  ///
  /// - Throws: ``GraphError`` when the graph is inconsistent.
  public static func universal() throws(GraphError) -> FullMachineGraph {
    var assembly = FullAssembly()
    return try assembly.assemble()
  }
}
