public import InstructionSet
public import Reference

extension FullReferenceInterpreter: TraceMachine {
  /// How many tokens are handed over at once.
  private static let sliceLength = 4096

  public mutating func read(_ tokens: [FullToken]) throws(TraceMachineError) {
    do throws(FullExecutionFault) {
      try read(tokens[...])
    } catch {
      throw TraceMachineError("\(error)")
    }
  }

  public mutating func write(
    limit: Int, _ observe: (ArraySlice<FullToken>) -> Void
  ) throws(TraceMachineError) -> FullPause? {
    var tokens: [FullToken] = []
    tokens.reserveCapacity(Self.sliceLength)
    var rest = limit
    do throws(FullExecutionFault) {
      while rest > 0, let token = try next() {
        rest -= 1
        tokens.append(token)
        guard tokens.count == Self.sliceLength else { continue }
        observe(tokens[...])
        tokens.removeAll(keepingCapacity: true)
      }
    } catch {
      throw TraceMachineError("\(error)")
    }
    if !tokens.isEmpty { observe(tokens[...]) }
    return pause
  }
}
