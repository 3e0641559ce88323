import InstructionSet
import WebAssembly

extension ModuleInstance {
  /// Lets the host append tokens.
  mutating func append(_ tokens: [FullToken], _ observe: (ExecutionEvent) -> Void) throws(ExecutionError) {
    do {
      try machine.read(tokens)
    } catch {
      throw self.error(.machine(error))
    }
    trace.append(tokens[...])
    if !tokens.isEmpty { observe(.answer(tokens)) }
  }

  /// Lets the machine write until what is under way has ended.
  mutating func proceed(
    limit: Int, _ observe: (ExecutionEvent) -> Void
  ) throws(ExecutionError) -> ExecutionOutcome {
    guard case .running(let results) = state else { throw error(.nothingToResume) }
    switch try write(limit: limit, observe) {
    case nil: return .stoppedAtLimit
    case .trapped(let trap):
      state = .idle
      return .trapped(trap)
    case .host(let service): throw error(.unexpectedTrace(expected: "no call of the host, found host(\(service))"))
    case .halted:
      state = .idle
      guard let values = trace.lastValues(results) else {
        throw error(.unexpectedTrace(expected: "the bytes of \(results.count) results before halt"))
      }
      return .returned(values)
    }
  }

  private mutating func write(
    limit: Int, _ observe: (ExecutionEvent) -> Void
  ) throws(ExecutionError) -> FullPause? {
    var trace = trace
    defer { self.trace = trace }
    do {
      return try machine.write(limit: limit) { tokens in
        trace.append(tokens)
        observe(.tokens(tokens))
        let output = tokens.output
        if !output.isEmpty { observe(.output(output)) }
      }
    } catch {
      throw ExecutionError(.machine(error), tokenCount: trace.tokenCount)
    }
  }
}
