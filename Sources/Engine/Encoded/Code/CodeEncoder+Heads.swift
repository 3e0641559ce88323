import Transformer

extension CodeEncoder {
  mutating func encodeInsertion(_ hull: Int) {
    let insertion = program.insertions[hull]
    assembler.move(.rdi, Self.state)
    assembler.load(.rsi, Int32(truncatingIfNeeded: hull))
    assembler.move(.rdx, Self.position)
    call(
      StateCalls.insert, [insertion.key.x, insertion.key.y, insertion.values.x, insertion.values.y])
  }

  mutating func encodeLine(_ number: Int) {
    let head = program.lines[number]
    assembler.load(.rdi, field(\.lines))
    assembler.add(.rdi, Int32(truncatingIfNeeded: number * MemoryLayout<LineMemory>.stride))
    assembler.loadAddress(.rsi, place(head.destination))
    call(
      head.rule == .average ? StateCalls.attendToMean : StateCalls.attendToLatest,
      [head.key, head.query, head.values.x, head.values.y])
  }

  mutating func encodeSearch(_ number: Int) {
    let head = program.searches[number]
    assembler.move(.rdi, Self.state)
    assembler.load(.rsi, Int32(truncatingIfNeeded: head.hull))
    call(StateCalls.find, [head.query.x, head.query.y])
    assembler.test(.rax)
    let missed = assembler.makeLabel()
    assembler.jump(to: missed, if: .equal)
    for (place, lane) in [head.lanes.x, head.lanes.y].enumerated() {
      assembler.load(.xmm0, .at(.rax, Self.offset(of: lane == 0 ? \KeyEntry.x : \KeyEntry.y)))
      assembler.store(.xmm0, self.place(head.destination + place))
    }
    addDetour(at: missed) { encoder in
      encoder.assembler.load(.rdi, encoder.field(\.memory))
      encoder.assembler.load(.rsi, Int32(truncatingIfNeeded: number))
      encoder.assembler.loadAddress(.rdx, encoder.place(head.destination))
      encoder.load([head.query.x, head.query.y])
      encoder.assembler.call(encoder.field(\.search))
    }
  }

  mutating func encodeGather(_ number: Int) {
    let head = program.gathers[number]
    if head.rule == .average {
      // The mean of all values may be asked for, so that none must be missed.
      return encodeGatherInSwift(number)
    }
    encodeNaming(head)
    let unnamed = assembler.makeLabel()
    assembler.jump(to: unnamed, if: .negative)
    if common.selector?.gather == number, !common.columns.isEmpty { return encodeSelection(head, unnamed: unnamed) }
    encodeGather(head)
    addDetour(at: unnamed) { $0.encodeGatherInSwift(number) }
  }

  /// Finds the position that a query names, and compares it with 0; it is negative if there is none.
  private mutating func encodeNaming(_ head: GatherHead) {
    assembler.move(.rdi, Self.position)
    call(StateCalls.named, [head.query.x, head.query.y])
    assembler.test(.rax)
  }

  /// Loads what is remembered of the position that was named.
  private mutating func encodeGather(_ head: GatherHead) {
    if case .stored = head.columns.x { loadStored() } else if case .stored = head.columns.y { loadStored() }
    let columns = [head.columns.x, head.columns.y]
    if columns.contains(where: \.isOfEmbedding) { loadEmbedding() }
    for (place, column) in columns.enumerated() {
      switch column {
      case .embedding(let column): assembler.load(.xmm0, .at(.rdx, byteCount(column)))
      case .stored(let column): assembler.load(.xmm0, .at(.rcx, byteCount(column)))
      case nil: assembler.clear(.xmm0)
      }
      assembler.store(.xmm0, self.place(head.destination + place))
    }
  }

  private mutating func loadStored() {
    assembler.multiply(.rcx, .rax, byteCount(program.columns.count))
    assembler.add(.rcx, field(\.stored))
  }

  private mutating func loadEmbedding() {
    loadToken()
    assembler.multiply(.rdx, .rdx, byteCount(program.embeddingColumns))
    assembler.add(.rdx, field(\.embedding))
  }

  /// Loads the token of the position that was named.
  mutating func loadToken() {
    assembler.load(.rdx, field(\.tokens))
    assembler.loadSigned32(.rdx, .element(.rdx, 0, index: .rax, scale: .four))
  }

  private mutating func encodeGatherInSwift(_ number: Int) {
    let head = program.gathers[number]
    assembler.load(.rdi, field(\.memory))
    assembler.load(.rsi, Int32(truncatingIfNeeded: number))
    assembler.move(.rdx, Self.position)
    assembler.loadAddress(.rcx, place(head.destination))
    load([head.query.x, head.query.y])
    assembler.call(field(\.gather))
  }
}

extension GatheredColumn? {
  fileprivate var isOfEmbedding: Bool {
    if case .embedding = self { true } else { false }
  }
}
