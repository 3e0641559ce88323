import Graph

/// Where the trace stands: sums and lookups over tokens, before any instruction is known.
struct TraceState {
  /// The number of instructions ended so far; `}` counts as one, so that 0 means "still in the prompt".
  let cursor: CumulativeSum
  let stackDepth: Expression
  let stackHeight: Expression
  let callDepth: Expression
  let callHeight: Expression
  /// The number of tokens since the last boundary.
  let byteIndex: Expression
  /// 1 when the last boundary was `branch_taken`.
  let isAnnounced: Expression
  /// The four bytes before this token as a signed number.
  let word: Expression
}

extension MachineAssembly {
  mutating func trackState() -> TraceState {
    let word = readWord()
    let boundary = builder.fetch(
      [builder.position, columns.announcement], query: .zero, key: .zero, keySquare: .zero,
      clear: columns.continuation, name: "last_boundary")
    let byteIndex = builder.persist(builder.position - boundary[0], name: "byte_index")
    let depths = builder.cumulativeSums(
      [columns.stackEffect, columns.callEffect], names: ["stack_depth", "call_depth"])
    let stackHeight = builder.keyHeight(key: depths[0].exact, clear: columns.noPush, name: "stack")
    let callHeight = builder.keyHeight(key: depths[1].exact, clear: columns.noCall, name: "calls")
    let jump = builder.reglu(word, columns.jump, name: "jump_distance")
    let step = one - columns.continuation - columns.announcement + jump
    let cursor = builder.cumulativeSums([step], names: ["cursor"])
    return TraceState(
      cursor: cursor[0], stackDepth: depths[0].exact, stackHeight: stackHeight, callDepth: depths[1].exact,
      callHeight: callHeight, byteIndex: byteIndex, isAnnounced: boundary[1], word: word)
  }

  /// The bytes at the four positions before, the last one signed.
  private mutating func readWord() -> Expression {
    var word = Expression.zero
    for back in 1...4 {
      let column = back == 1 ? columns.signedByte : columns.byte
      let value = builder.gather([column], at: builder.position - Double(back) * one, name: "byte_before_\(back)")
      word += Double(1 << (8 * (4 - back))) * value[0]
    }
    return builder.persist(word, name: "word_before")
  }
}
