import InstructionSet

extension ProgramWriter {
  /// Instructions before a loop's first round.
  private static let entryCost = 2
  /// The most instructions of a round besides its body.
  private static let roundCost = 7

  /// A block that is repeated a fixed number of times, counted up or down in a local variable that it cannot change.
  mutating func writeLoop(budget: Int) -> Int {
    let mostRounds = (budget - Self.entryCost) / (Self.roundCost + 1)
    guard mostRounds >= 1, let counter = random.pick(scope.writable) else { return writeBlock(budget: budget, upTo: 1) }
    let rounds = random.number(in: 1...min(mostRounds, random.isOnce(in: 4) ? 40 : 6))
    let countsUp = random.isOnce(in: 2)
    let start = scope.newLabel()
    emit(.const, countsUp ? 0 : UInt32(rounds))
    emit(.localSet, UInt32(counter))
    emit(.label(start))
    let writable = scope.writable
    scope.writable.removeAll { $0 == counter }
    let body = writeBlock(budget: (budget - Self.entryCost) / rounds - Self.roundCost, upTo: 3)
    scope.writable = writable
    writeCount(counter: UInt32(counter), upTo: countsUp ? UInt32(rounds) : nil)
    emit(.jump(.brIf, label: start))
    return Self.entryCost + rounds * (body + Self.roundCost)
  }

  /// Counts one round and pushes whether there is another one.
  private mutating func writeCount(counter: UInt32, upTo limit: UInt32?) {
    emit(.localGet, counter)
    emit(.const, 1)
    emit(limit == nil ? .sub : .add)
    emit(.localTee, counter)
    guard let limit else { return }
    emit(.const, limit)
    emit(random.pick([.ne, .ltSigned, .ltUnsigned]) ?? .ne)
  }
}
