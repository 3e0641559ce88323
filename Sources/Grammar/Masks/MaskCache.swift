import Synchronization

/// Parts of masks, by the frames that they were found for.
final class MaskCache: Sendable {
  /// The most parts that are kept; beyond that all are forgotten.
  private static let limit = 2_048

  /// The frames from a stack's top downwards, as the part of those above and one frame more.
  struct Key: Hashable, Sendable {
    var above: ObjectIdentifier?
    var frame: StackFrame
    var budget: Int
  }

  private struct Entry {
    var part: MaskPart
    /// Kept, so that its identity stays its own.
    var above: MaskPart?
  }

  private let entries = Mutex<[Key: Entry]>([:])

  /// The part for `frame` below what `above` was found for, made where it is not known.
  func part(_ frame: StackFrame, budget: Int, above: MaskPart?, make: () -> MaskPart) -> MaskPart {
    let key = Key(above: above.map { ObjectIdentifier($0) }, frame: frame, budget: budget)
    if let known = entries.withLock({ $0[key]?.part }) { return known }
    let made = make()
    return entries.withLock { entries in
      if let known = entries[key]?.part { return known }
      if entries.count >= Self.limit { entries.removeAll() }
      entries[key] = Entry(part: made, above: above)
      return made
    }
  }
}
