import Transformer

/// The table of what depends on the selected token alone.
extension CodeEncoder {
  /// Finds the row of the token at the position that was named.
  mutating func encodeSelection(_ head: GatherHead, unnamed: Assembler.Label) {
    guard let selector = common.selector else { return }
    let rows = assembler.data.table(
      selector.pairs.indices.flatMap { row in common.columns.map { $0[row] } })  // [rows, columns]
    let rowOfToken = assembler.data.table(selector.rowOfToken.map { UInt16(truncatingIfNeeded: $0) })  // [V]
    loadToken()
    assembler.loadAddress(.rcx, .data(rowOfToken))
    assembler.loadUnsigned16(.rax, .element(.rcx, 0, index: .rdx, scale: .two))
    addDetour(at: unnamed) { encoder in
      encoder.assembler.move(.rdi, Self.state)
      encoder.assembler.move(.rsi, Self.position)
      encoder.call(StateCalls.searchedRow, [head.query.x, head.query.y])
    }
    assembler.multiply(Self.selected, .rax, byteCount(common.columns.count))
    assembler.loadAddress(.rcx, .data(rows))
    assembler.add(Self.selected, .rcx)
    encodeResults(of: head, selector)
  }

  /// Writes what the head itself returns, by the row in `rax`, where the output head reads that.
  private mutating func encodeResults(of head: GatherHead, _ selector: TokenSelector) {
    let lanes = [0, 1].filter { common.operand(head.destination + $0) == .register(head.destination + $0) }
    guard !lanes.isEmpty else { return }
    let pairs = assembler.data.table(selector.pairs.flatMap { [$0.x, $0.y] })  // [rows, 2]
    assembler.multiply(.rax, .rax, byteCount(2))
    assembler.loadAddress(.rcx, .data(pairs))
    for lane in lanes {
      assembler.load(.xmm0, .element(.rcx, byteCount(lane), index: .rax, scale: .one))
      assembler.store(.xmm0, place(head.destination + lane))
    }
  }
}
