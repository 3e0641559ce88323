import Graph

extension MachineAssembly {
  /// The number of the next token: the result's byte while bytes are due, the ending's number otherwise.
  mutating func chooseNext(
    _ result: ResultByte, _ ending: Ending, _ comparison: Comparison
  ) -> Expression {
    // Larger than any raw result, so that its sign matters only while bytes are due.
    let resultBound = 4096.0
    let value = result.raw + comparison.holds
    let emitted = builder.reglu(value, ending.emitsByte, name: "next.byte")
    let wrapped = builder.step(
      result.wrap, -value - one + resultBound * (ending.emitsByte - one), name: "next.wrap")
    let ended = builder.reglu(ending.number, one - ending.emitsByte, name: "next.ending")
    return builder.persist(emitted + wrapped + ended, name: "next_token")
  }
}
