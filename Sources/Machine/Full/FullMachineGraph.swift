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
    var assembly = FullAssembly(.prompt)
    return try assembly.assemble()
  }

  /// The machine with one program in its weights (the first Futamura projection).
  ///
  /// Its prompt is `FullProgram.specializedPrompt(data:)`. Behind it the machine writes the program's `FullPrologue`, and behind
  /// that what the universal machine writes. The graph is the same for all programs but for the numbers in its tables.
  ///
  /// - Throws: ``GraphError`` when the graph is inconsistent.
  public static func specialized(to program: FullProgram) throws(GraphError) -> FullMachineGraph {
    var assembly = FullAssembly(.weights(BakedProgram(program)))
    return try assembly.assemble()
  }
}
