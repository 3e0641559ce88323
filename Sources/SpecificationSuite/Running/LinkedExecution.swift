import InstructionSet
import ModuleExecution
import ModuleLinking
import ProgramCompiler
import WebAssembly

/// Instances that share state, at work in one trace.
struct LinkedExecution {
  private let linked: LinkedModule
  private var instance: ModuleInstance
  private let promptCount: Int
  /// How many tokens one call may take.
  private let tokenLimit: Int
  /// Why no more calls can be made: what came to no end in an earlier command.
  private var breakdown: String?

  /// - Throws: ``StepFailure`` when the memory and the globals cannot be given their first values.
  init(_ linked: LinkedModule, _ instance: ModuleInstance, tokenLimit: Int) throws(StepFailure) {
    self.linked = linked
    self.instance = instance
    self.tokenLimit = tokenLimit
    promptCount = instance.module.program.prompt.count
    let outcome = try ended { instance throws(ExecutionError) in try instance.instantiate(limit: tokenLimit) }
    guard outcome == .returned([]) else { throw StepFailure("expected a module to begin with, found \(outcome)") }
  }

  /// The tokens of the trace so far, the prompt included.
  var tokenCount: Int { promptCount + instance.tokenCount }

  /// Does what an instance does when it is instantiated; nil when that is nothing.
  mutating func instantiate(_ number: Int) throws(StepFailure) -> ActionOutcome? {
    guard let name = linked.instantiation(of: number) else { return nil }
    return try call(name, [])
  }

  /// The size of a memory in pages; nil when it is what it was at first.
  mutating func size(of memory: Definition) throws(StepFailure) -> UInt64? {
    guard let name = linked.size(of: memory), case .returned(let results) = try call(name, []) else { return nil }
    return results.first?.bits
  }

  /// Calls a function or reads a global.
  mutating func perform(_ action: ScriptAction, on number: Int) throws(StepFailure) -> ActionOutcome {
    switch (action.kind, linked.export(action.field, of: number)) {
    case (.invoke(let arguments), .function(let name, let type)):
      let found = arguments.map(\.type)
      guard found == type.parameters else {
        // The function has a name of its own in the linked module, which nobody knows.
        let kind = ExecutionError.Kind.wrongArguments(action.field, expected: type.parameters, found: found)
        throw StepFailure("\(ExecutionError(kind, tokenCount: instance.tokenCount))")
      }
      return try call(name, arguments)
    case (.get, .global(let name, _)): return try call(name, [])
    case (.invoke, _): throw StepFailure("expected an exported function called '\(action.field)'")
    case (.get, _): throw StepFailure("expected an exported global called '\(action.field)'")
    }
  }

  private mutating func call(_ name: Name, _ arguments: [WebAssemblyValue]) throws(StepFailure) -> ActionOutcome {
    let limit = tokenLimit
    let outcome = try ended { instance throws(ExecutionError) in
      try instance.call(name, arguments, limit: limit)
    }
    switch outcome {
    case .returned(let results): return .returned(results)
    case .trapped(let trap): return .trapped(trap.message)
    case .exited, .stoppedAtLimit: throw StepFailure("expected a return or a trap, found \(outcome)")
    }
  }

  /// What the instance was asked for, if it came to an end; if not, nothing more can be asked for.
  private mutating func ended(
    _ body: (inout ModuleInstance) throws(ExecutionError) -> ExecutionOutcome
  ) throws(StepFailure) -> ExecutionOutcome {
    if let breakdown { throw StepFailure("not run: an earlier command left the instance where \(breakdown)") }
    do {
      let outcome = try body(&instance)
      guard outcome == .stoppedAtLimit else { return outcome }
      breakdown = "it met the limit of \(tokenLimit) tokens"
      throw StepFailure("expected an end within \(tokenLimit) tokens")
    } catch let error as ExecutionError {
      if error.leavesTraceBroken { breakdown = "it could not go on: \(error)" }
      throw StepFailure("\(error)")
    } catch let failure as StepFailure {
      throw failure
    } catch {
      throw StepFailure("\(error)")
    }
  }
}

/// How an action ended.
enum ActionOutcome {
  case returned([WebAssemblyValue])
  /// The trap's message.
  case trapped(String)
}

extension ExecutionError {
  /// Whether more was wrong than the question.
  fileprivate var leavesTraceBroken: Bool {
    switch kind {
    case .noSuchFunction, .noSuchGlobal, .wrongArguments: false
    default: true
    }
  }
}
