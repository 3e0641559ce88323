/// Tells how much of the thread's stack was used since it was made.
///
/// How much a level of nesting takes differs between builds by a factor of ten; a thread's stack may be 512 KiB.
struct StackMeter {
  /// More is not to be used: it leaves room for the caller, and for taking nested values apart.
  private static let most = 288 << 10

  private let start: UInt

  init() { start = Self.position() }

  /// Whether it is time to turn back.
  var isExhausted: Bool {
    let position = Self.position()
    return (start > position ? start - position : position - start) > Self.most
  }

  /// An address in the stack frame that is current.
  @inline(never)
  private static func position() -> UInt {
    var local: UInt8 = 0
    return withUnsafeMutablePointer(to: &local) { UInt(bitPattern: $0) }
  }
}
