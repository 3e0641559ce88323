import InstructionSet
import ModuleExecution
import ModuleLinking
import ProgramCompiler
import WebAssembly

/// The steps of one script being performed, one after another.
struct ScriptRun {
  private let store: ModuleStore
  private let tokenLimit: Int
  private let machine: (FullProgram) throws -> any TraceMachine
  /// The programs begun so far.
  private var programs: [LinkedExecution] = []
  /// The place in ``programs`` of each instance, or why there is none.
  private var places: [Int: Result<Int, StepFailure>] = [:]
  /// The instances that were instantiated.
  private var alive: Set<Int> = []

  init(_ store: ModuleStore, tokenLimit: Int, _ machine: @escaping (FullProgram) throws -> any TraceMachine) {
    self.store = store
    self.tokenLimit = tokenLimit
    self.machine = machine
  }

  /// The tokens of all traces so far.
  var tokenCount: Int { programs.reduce(0) { $0 + $1.tokenCount } }

  /// What becomes of a step.
  mutating func perform(_ step: ScriptPlan.Step) -> CommandOutcome {
    do {
      switch step {
      case .done(let outcome): return outcome
      case .instantiate(let number): try instantiate(number)
      case .failToInstantiate(let number, let text): try failToInstantiate(number, text)
      case .refuse(let requirements, let text): try refuse(requirements, text)
      case .action(let number, let action): try succeed(number, action)
      case .expectReturn(let number, let action, let values): try expect(values, from: number, action)
      case .expectTrap(let number, let action, let text): try expectTrap(text, from: number, action)
      }
      return .passed
    } catch {
      return .failed(error.reason)
    }
  }

  /// The place of the program that an instance is part of, which is begun if it has not been.
  private mutating func program(of number: Int) throws(StepFailure) -> Int {
    if let known = places[number] { return try known.get() }
    let place: Result<Int, StepFailure>
    var members = [number]
    do {
      let linked = try LinkedModule(of: number, in: store)
      members = linked.members
      let compiled = try FullProgramCompiler().compile(linked.module)
      let instance = ModuleInstance(compiled, on: try machine(compiled.program))
      programs.append(try LinkedExecution(linked, instance, tokenLimit: tokenLimit))
      place = .success(programs.count - 1)
    } catch let failure as StepFailure {
      place = .failure(failure)
    } catch {
      place = .failure(StepFailure("expected a module that can be executed, found \(error)"))
    }
    for member in members { places[member] = place }
    return try place.get()
  }

  private mutating func instantiate(_ number: Int) throws(StepFailure) {
    let program = try program(of: number)
    if let failure = try unmet(store.instances[number].requirements) {
      throw StepFailure("expected a module that can be linked, found \(failure)")
    }
    if case .trapped(let trap)? = try programs[program].instantiate(number) {
      throw StepFailure("expected an instance, found the trap '\(trap)'")
    }
    alive.insert(number)
  }

  private mutating func failToInstantiate(_ number: Int, _ text: String) throws(StepFailure) {
    let program = try program(of: number)
    if let failure = try unmet(store.instances[number].requirements) {
      throw StepFailure("expected a module that can be linked, found \(failure)")
    }
    guard case .trapped(let trap)? = try programs[program].instantiate(number) else {
      throw StepFailure("expected the trap '\(text)', found an instance")
    }
    try compare(trap, text)
  }

  private mutating func refuse(_ requirements: [MemoryRequirement], _ text: String) throws(StepFailure) {
    guard let failure = try unmet(requirements) else {
      throw StepFailure("expected '\(text)', found a module that can be linked")
    }
    guard failure.description.hasPrefix(text) else { throw StepFailure("expected '\(text)', found \(failure)") }
  }

  /// The first requirement that does not hold now.
  private mutating func unmet(_ requirements: [MemoryRequirement]) throws(StepFailure) -> LinkingError? {
    for requirement in requirements {
      let program = try program(of: requirement.memory.instance)
      let size = try programs[program].size(of: requirement.memory)
      if size.map({ $0 < UInt64(requirement.pages) }) ?? true { return requirement.failure }
    }
    return nil
  }

  /// The results of an action, or its trap.
  private mutating func outcome(
    _ number: Int, _ action: ScriptAction
  ) throws(StepFailure) -> ActionOutcome {
    guard alive.contains(number) else { throw StepFailure("expected a module, found one that was not instantiated") }
    let program = try program(of: number)
    return try programs[program].perform(action, on: number)
  }

  private mutating func succeed(_ number: Int, _ action: ScriptAction) throws(StepFailure) {
    if case .trapped(let trap) = try outcome(number, action) {
      throw StepFailure("expected a return, found the trap '\(trap)'")
    }
  }

  private mutating func expect(
    _ values: [ExpectedValue], from number: Int, _ action: ScriptAction
  ) throws(StepFailure) {
    let expected = values.isEmpty ? "no results" : values.map(\.description).joined(separator: " ")
    switch try outcome(number, action) {
    case .trapped(let trap): throw StepFailure("expected \(expected), found the trap '\(trap)'")
    case .returned(let results):
      guard results.count == values.count, zip(values, results).allSatisfy({ $0.matches($1) }) else {
        throw StepFailure("expected \(expected), found \(results.text)")
      }
    }
  }

  private mutating func expectTrap(_ text: String, from number: Int, _ action: ScriptAction) throws(StepFailure) {
    switch try outcome(number, action) {
    case .trapped(let trap): try compare(trap, text)
    case .returned(let results):
      throw StepFailure("expected the trap '\(text)', found \(results.text)")
    }
  }

  /// Compares a trap's message with how it is to begin. The suite may add which element it is about.
  private func compare(_ trap: String, _ text: String) throws(StepFailure) {
    guard trap.hasPrefix(text) || text.hasPrefix(trap) else {
      throw StepFailure("expected the trap '\(text)', found '\(trap)'")
    }
  }
}

/// Why a step is not as it should be.
struct StepFailure: Error, Hashable, CustomStringConvertible {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  var description: String { reason }
}
