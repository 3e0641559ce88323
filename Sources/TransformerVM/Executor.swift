import Engine
import Evaluator
public import InstructionSet
public import Machine
public import Transformer

/// Something that executes prompts: a model with an engine, or a graph with its evaluator.
public struct Executor: Sendable {
  /// The engines that a user can ask for.
  public enum EngineKind: String, CaseIterable, Codable, Hashable, Sendable {
    /// Every matrix in full, hull caches in all heads.
    case dense
    /// Non-zeros only, heads by their kind.
    case sparse
  }

  /// What executes.
  private enum Subject: Sendable {
    case model(TransformerModel, EngineKind)
    case graph(MachineGraph, bruteForce: Bool)
  }

  private let subject: Subject
  /// The vocabulary by which ids are read.
  public let vocabulary: Vocabulary

  /// Executes with a model.
  ///
  /// - Throws: ``VirtualMachineError`` when the model's vocabulary is not that of a machine.
  public init(model: TransformerModel, engine: EngineKind, name: String? = nil) throws(VirtualMachineError) {
    let known = [Vocabulary(.universal), Vocabulary(.specialized)]
    guard let vocabulary = known.first(where: { $0.tokens.map(\.text) == model.vocabulary }) else {
      throw VirtualMachineError(
        "expected the vocabulary of a universal or specialised machine, found \(model.vocabularySize) other tokens",
        subject: name)
    }
    self.vocabulary = vocabulary
    self.subject = .model(model, engine)
  }

  /// Executes with a graph directly.
  public init(machine: MachineGraph, bruteForce: Bool = false) {
    vocabulary = machine.vocabulary
    subject = .graph(machine, bruteForce: bruteForce)
  }

  /// The name of what executes, for reports.
  public var name: String {
    switch subject {
    case .model(_, let engine): engine.rawValue
    case .graph(_, let bruteForce): bruteForce ? "graph, brute force" : "graph"
    }
  }

  /// An engine that has read nothing.
  package func makePredictor() -> any TokenPredictor {
    switch subject {
    case .model(let model, .dense): DenseEngine(model)
    case .model(let model, .sparse): SparseEngine(model)
    case .graph(let machine, let bruteForce):
      GraphEvaluator(machine.graph, lookups: bruteForce ? .reference : .hull)
    }
  }
}
