/// From how many slots on the call stack of a program is exhausted.
///
/// Every slot of a frame takes a token at least, and what the machine remembers of it some hundred bytes. So a program gets as many
/// slots as 10,000 of its greatest frames need, within bounds: the lower one gives room to the small frames of most programs, the
/// upper one keeps endless recursion from taking minutes and gigabytes.
enum FullStackLimit {
  /// So many frames there may be, as long as none is greater than 124 slots.
  static let frameCount = 10_000
  static let bounds = 200_000...1_250_000

  /// - Parameters:
  ///   - greatestFrame: the most slots that a function has while it calls another.
  ///   - slotCount: the slots below all frames.
  static func slots(greatestFrame: Int, slotCount: Int) -> UInt32 {
    // The frame that is about to be made has its arguments already.
    let wanted = slotCount + (frameCount + 1) * greatestFrame
    return UInt32(min(max(wanted, bounds.lowerBound), bounds.upperBound))
  }
}
