public import Graph
public import InstructionSet
import Machine

/// A machine as a graph, with its vocabulary.
public struct VirtualMachine: Sendable {
  public let profile: MachineProfile
  public let graph: ComputationGraph
  public let vocabulary: MachineVocabulary

  /// The machine of a profile whose program is in its prompt.
  ///
  /// - Throws: `GraphError` when the graph is inconsistent.
  public init(universal profile: MachineProfile) throws(GraphError) {
    self.profile = profile
    switch profile {
    case .base:
      let machine = try MachineGraph.universal()
      graph = machine.graph
      vocabulary = MachineVocabulary(machine.vocabulary)
    case .full:
      let machine = try FullMachineGraph.universal()
      graph = machine.graph
      vocabulary = MachineVocabulary(machine.vocabulary)
    }
  }

  /// The machine with a program in its weights.
  ///
  /// - Throws: `GraphError` when the graph is inconsistent.
  public init(specializedTo program: MachineProgram) throws(GraphError) {
    switch program {
    case .base(let program):
      let machine = try MachineGraph.specialized(to: program)
      profile = .base
      graph = machine.graph
      vocabulary = MachineVocabulary(machine.vocabulary)
    case .full(let module):
      let machine = try FullMachineGraph.specialized(to: module.bare)
      profile = .full
      graph = machine.graph
      vocabulary = MachineVocabulary(machine.vocabulary)
    }
  }
}
