/// What each local variable of a function is known not to exceed, taken as unsigned, at one point of the code.
///
/// Compilers keep truth values and bytes in variables; where that is known, code that masks them again is left out.
struct LocalBounds: Hashable, Sendable {
  /// One bound for each variable.
  private(set) var values: [UInt32]

  /// Parameters may be anything; all other variables start at zero.
  init(parameterCount: Int, localCount: Int) {
    values = Array(repeating: .max, count: parameterCount) + Array(repeating: 0, count: localCount)
  }

  subscript(index: UInt32) -> UInt32 {
    get { values[Int(index)] }
    set { values[Int(index)] = newValue }
  }

  /// What holds when either of two holds.
  func joined(with other: LocalBounds?) -> LocalBounds {
    guard let other else { return self }
    var result = self
    for index in values.indices { result.values[index] = max(values[index], other.values[index]) }
    return result
  }

  /// These bounds, with no bound at all where they exceed `earlier` ones.
  func widened(from earlier: LocalBounds) -> LocalBounds {
    var result = self
    for index in values.indices where values[index] > earlier.values[index] { result.values[index] = .max }
    return result
  }
}

/// What is taken to hold whenever a loop begins anew, for each loop of a function.
///
/// A function is compiled with what holds where its loops are entered. Where a branch back to a loop brings more, it is
/// compiled again with that, and so on until nothing more comes. What still grows after a few rounds may be anything.
struct LoopAssumptions {
  private static let patience = 4

  private var round = 0
  /// By loop, in the order of their beginnings: what was taken to hold in the latest round.
  private var assumed: [LocalBounds] = []
  /// What was found to hold.
  private var found: [LocalBounds] = []

  /// A loop begins, entered with some bounds: its number, and the bounds that hold in it.
  mutating func enterLoop(_ bounds: LocalBounds) -> (number: Int, bounds: LocalBounds) {
    let number = found.count
    let joined = bounds.joined(with: number < assumed.count ? assumed[number] : nil)
    if number < assumed.count { assumed[number] = joined } else { assumed.append(joined) }
    found.append(joined)
    return (number, joined)
  }

  /// A branch leads back to a loop.
  mutating func repeatLoop(_ number: Int, _ bounds: LocalBounds) {
    found[number] = found[number].joined(with: bounds)
  }

  /// Ends a round: true when all that was assumed was right, else the next round assumes what was found.
  mutating func settle() -> Bool {
    if found == assumed { return true }
    round += 1
    assumed = round < Self.patience ? found : zip(found, assumed).map { $0.widened(from: $1) }
    found = []
    return false
  }
}
