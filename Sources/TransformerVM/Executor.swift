public import Engine
import Evaluator
import InstructionSet
import Synchronization
public import Transformer

/// Something that executes prompts: a model with an engine, or a graph with its evaluator.
public struct Executor: Sendable {
  /// What executes.
  private enum Subject: Sendable {
    case model(TransformerModel, EngineChoice, CodeCache)
    case graph(VirtualMachine, bruteForce: Bool)
  }

  private let subject: Subject
  private let prototype = Prototype()
  /// The vocabulary by which ids are read.
  public let vocabulary: MachineVocabulary

  /// Executes with a model.
  ///
  /// - Parameters:
  ///   - codeCache: where code compiled for models is kept.
  ///   - name: the model's, for the error.
  /// - Throws: ``VirtualMachineError`` when the model's vocabulary is not that of a machine.
  public init(
    model: TransformerModel, engine: EngineChoice = .automatic, codeCache: CodeCache = CodeCache(), name: String? = nil
  ) throws(VirtualMachineError) {
    let known = [
      MachineVocabulary(Vocabulary(.universal)), MachineVocabulary(Vocabulary(.specialized)),
      MachineVocabulary(FullVocabulary(.universal)), MachineVocabulary(FullVocabulary(.specialized)),
    ]
    guard let vocabulary = known.first(where: { $0.texts == model.vocabulary }) else {
      throw VirtualMachineError(
        "expected the vocabulary of a machine, found \(model.vocabularySize) other tokens",
        subject: name)
    }
    self.vocabulary = vocabulary
    self.subject = .model(model, engine, codeCache)
  }

  /// Executes with a graph directly.
  public init(machine: VirtualMachine, bruteForce: Bool = false) {
    vocabulary = machine.vocabulary
    subject = .graph(machine, bruteForce: bruteForce)
  }

  /// What was asked for; ``ProgramRun/engine`` says what a run used.
  public var name: String {
    switch subject {
    case .model(_, let engine, _): engine.rawValue
    case .graph(_, let bruteForce): bruteForce ? "graph, brute force" : "graph"
    }
  }

  /// The model that executes; nil where a graph does.
  package var model: TransformerModel? {
    if case .model(let model, _, _) = subject { model } else { nil }
  }

  /// An engine that has read nothing.
  ///
  /// The first one takes time, since the model is translated; others are copies of it.
  package func makePredictor() -> any TokenPredictor {
    prototype.predictor.withLock { known in
      var predictor = known ?? newPredictor()
      // Its code may have been compiled in the meantime, for a copy.
      if var automatic = predictor as? AutomaticEngine {
        automatic.lookForCode()
        predictor = automatic
      }
      known = predictor
      return predictor
    }
  }

  /// Whether code is being compiled that a run was too short to wait for.
  public var isCompiling: Bool {
    prototype.predictor.withLock { ($0 as? AutomaticEngine)?.isCompiling ?? false }
  }

  /// Waits for such code, so that later runs find it; half a minute at most.
  ///
  /// - Returns: what keeps them from it, in one line; nil when nothing does, or when a run's ``ProgramRun/warning`` has said it.
  public func finishCompiling() -> String? {
    let engine = prototype.predictor.withLock { $0 as? AutomaticEngine }
    let failure = engine?.finishCompiling(within: 30)
    return failure.map { "\($0) (later runs start without compiled code, too)" }
  }

  private func newPredictor() -> any TokenPredictor {
    switch subject {
    case .model(let model, .dense, _): DenseEngine(model)
    case .model(let model, .plan, _): SparseEngine(model)
    case .model(let model, .automatic, let cache): AutomaticEngine(model, cache: cache)
    case .model(let model, .compiled, let cache): AutomaticEngine(model, cache: cache, compilation: .first)
    case .model(let model, .encoded, let cache): AutomaticEngine(model, cache: cache, compilation: .never)
    case .graph(let machine, let bruteForce):
      GraphPredictor(GraphEvaluator(machine.graph, lookups: bruteForce ? .reference : .hull), name: name)
    }
  }
}

/// What engines are copied from, once there is one; copies of an executor share it.
private final class Prototype: Sendable {
  let predictor = Mutex<(any TokenPredictor)?>(nil)
}
