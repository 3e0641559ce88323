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
    let end = tokenCount + min(limit, .max - tokenCount)
    while let pause = try write(limit: max(0, end - tokenCount), observe) {
      switch pause {
      case .trapped(let trap):
        state = .idle
        return .trapped(trap)
      case .host(let service):
        guard let exitCode = try serve(service, observe) else { continue }
        state = .idle
        return .exited(code: exitCode)
      case .halted:
        state = .idle
        guard let values = trace.lastValues(results) else {
          throw error(.unexpectedTrace(expected: "the bytes of \(results.count) results before halt"))
        }
        return .returned(values)
      }
    }
    return .stoppedAtLimit
  }

  /// Does what the machine asks for; the code, if that is to end.
  private mutating func serve(
    _ number: Int, _ observe: (ExecutionEvent) -> Void
  ) throws(ExecutionError) -> UInt32? {
    let reply: HostReply
    do throws(ExecutionError) {
      reply = try host.answer(number, behind: trace.lastTokens)
    } catch {
      throw self.error(error.kind)
    }
    if let event = reply.event { observe(event) }
    if let exitCode = reply.exitCode { return exitCode }
    try append(reply.tokens, observe)
    return nil
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
