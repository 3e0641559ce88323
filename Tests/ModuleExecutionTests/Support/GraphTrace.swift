import Evaluator
import InstructionSet
import Machine
import ModuleExecution

/// The machine's graph, which continues a trace by attention.
struct GraphTrace: TraceMachine {
  private static let machine = Result { try FullMachineGraph.universal() }

  private let vocabulary: FullVocabulary
  private var evaluator: GraphEvaluator
  /// Tokens that were not evaluated.
  private var unread: [FullToken]

  /// Behind the prompt of a program.
  init(_ program: FullProgram) throws {
    let machine = try Self.machine.get()
    vocabulary = machine.vocabulary
    evaluator = GraphEvaluator(machine.graph)
    unread = program.prompt
  }

  mutating func read(_ tokens: [FullToken]) {
    unread += tokens
  }

  mutating func write(
    limit: Int, _ observe: (ArraySlice<FullToken>) -> Void
  ) throws(TraceMachineError) -> FullPause? {
    for _ in 0..<limit {
      var found = 0
      for token in unread {
        guard let id = vocabulary.id(of: token) else { throw TraceMachineError("no such token: \(token.text)") }
        do throws(EvaluatorError) {
          found = try evaluator.step(id)
        } catch {
          throw TraceMachineError("\(error)")
        }
      }
      let token = vocabulary.tokens[found]
      unread = [token]
      observe([token])
      if let pause = token.pause { return pause }
    }
    return nil
  }
}
