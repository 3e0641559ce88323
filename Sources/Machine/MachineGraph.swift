public import Graph
public import InstructionSet

/// The WebAssembly machine as a computation graph: the next token of a trace from all tokens before it.
public struct MachineGraph: Sendable {
  public let graph: ComputationGraph
  public let vocabulary: Vocabulary

  /// The machine whose program is in its prompt.
  ///
  /// - Throws: ``GraphError`` when the graph is inconsistent.
  public static func universal() throws(GraphError) -> MachineGraph {
    var assembly = MachineAssembly(mode: .universal)
    return try assembly.assemble { assembly, state in assembly.fetchFromPrompt(state) }
  }

  /// The machine with one program in its weights (the first Futamura projection): tables of the cursor take the place of the
  /// lookups that fetch instructions.
  ///
  /// - Throws: ``GraphError`` when the graph is inconsistent.
  public static func specialized(to program: Program) throws(GraphError) -> MachineGraph {
    var assembly = MachineAssembly(mode: .specialized)
    return try assembly.assemble { assembly, state in assembly.fetchFromTables(of: program, state) }
  }
}
