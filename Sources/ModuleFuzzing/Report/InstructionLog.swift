import InstructionSet
import ModuleExecution
import Reference
import Synchronization

/// The reference interpreter, noting for each token which instruction writes it.
struct InstructionLog: TraceMachine {
  /// Behind the prompt, token by token; nil for what the host wrote.
  private final class Entries: Sendable {
    let instructions = Mutex<[Int?]>([])
  }

  private var interpreter: FullReferenceInterpreter
  private let entries = Entries()

  init(_ program: FullProgram) {
    interpreter = FullReferenceInterpreter(program)
  }

  /// The instructions of all tokens so far, also those that a copy has written.
  var instructions: [Int?] { entries.instructions.withLock { $0 } }

  mutating func read(_ tokens: [FullToken]) throws(TraceMachineError) {
    entries.instructions.withLock { $0 += Array(repeating: nil, count: tokens.count) }
    do throws(FullExecutionFault) {
      try interpreter.read(tokens[...])
    } catch {
      throw TraceMachineError("\(error)")
    }
  }

  mutating func write(
    limit: Int, _ observe: (ArraySlice<FullToken>) -> Void
  ) throws(TraceMachineError) -> FullPause? {
    do throws(FullExecutionFault) {
      for _ in 0..<limit {
        guard let token = try interpreter.next() else { break }
        let index = interpreter.instructionIndex
        entries.instructions.withLock { $0.append(index) }
        observe([token])
      }
    } catch {
      throw TraceMachineError("\(error)")
    }
    return interpreter.pause
  }
}
