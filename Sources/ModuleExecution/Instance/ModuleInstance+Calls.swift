import InstructionSet
import ProgramCompiler
public import WebAssembly

/// What can be asked of an instance. Each takes the greatest number of tokens that may be written for it, answers of the host
/// included, and shows what happens.
extension ModuleInstance {
  /// Gives memory and globals their first values, calls the start function, and makes the call that the program begins with, if
  /// it was compiled with one: its results come back.
  public mutating func instantiate(
    limit: Int = .max, _ observe: (ExecutionEvent) -> Void = { _ in }
  ) throws(ExecutionError) -> ExecutionOutcome {
    guard state == .new else { throw error(.unfinished) }
    state = .running(module.results)
    return try proceed(limit: limit, observe)
  }

  /// Calls an exported function. What the module remembers is as the last call left it, also by a trap.
  public mutating func call(
    _ name: Name, _ arguments: [WebAssemblyValue] = [], limit: Int = .max,
    _ observe: (ExecutionEvent) -> Void = { _ in }
  ) throws(ExecutionError) -> ExecutionOutcome {
    let entry = try module.entry(ofFunction: name, taking: arguments, tokenCount: tokenCount)
    try begin(entry, arguments, observe)
    return try proceed(limit: limit, observe)
  }

  /// The value of an exported global, for which the machine writes some ten tokens.
  public mutating func value(
    ofGlobal name: Name, _ observe: (ExecutionEvent) -> Void = { _ in }
  ) throws(ExecutionError) -> WebAssemblyValue {
    guard let entry = module.globals[name] else { throw error(.noSuchGlobal(name)) }
    try begin(entry, [], observe)
    let limit = 64
    guard case .returned(let values) = try proceed(limit: limit, observe), let value = values.first else {
      throw error(.unexpectedTrace(expected: "the value of a global"))
    }
    return value
  }

  /// Goes on with what has met its limit.
  public mutating func resume(
    limit: Int = .max, _ observe: (ExecutionEvent) -> Void = { _ in }
  ) throws(ExecutionError) -> ExecutionOutcome {
    guard case .running = state else { throw error(.nothingToResume) }
    return try proceed(limit: limit, observe)
  }

  /// Removes what a trap has left above the module's own slots, pushes arguments and jumps.
  private mutating func begin(
    _ entry: FullCompiledModule.Entry, _ arguments: [WebAssemblyValue], _ observe: (ExecutionEvent) -> Void
  ) throws(ExecutionError) {
    guard state == .idle else { throw error(.unfinished) }
    var tokens: [FullToken] = []
    // Each pop ends an instruction. Where that leads, a value might be taken for a store's, if not for the jump.
    var surplus = trace.depth - module.slotCount
    while surplus > 0 {
      let count = min(surplus, FullToken.greatestPop)
      tokens += FullToken.jump(to: 0) + [.event(.pop(count))]
      surplus -= count
    }
    tokens += FullToken.jump(to: 0) + arguments.flatMap(\.pushTokens) + FullToken.jump(to: entry.instruction)
    try append(tokens, observe)
    state = .running(entry.type.results)
  }
}
