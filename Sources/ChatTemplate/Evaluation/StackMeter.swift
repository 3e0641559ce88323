/// Tells how much of the thread's stack was used since it was made.
///
/// How much a level of nesting takes differs between builds by a factor of ten; a thread's stack may be 512 KiB.
struct StackMeter {
  /// More is not to be used: it leaves room for the caller, and for taking nested values apart.
  private static let most = 288 << 10

  private let start: UInt
  /// Whether addresses of variables tell anything: the address sanitizer may keep variables elsewhere than on the stack.
  private let isReliable: Bool

  init() {
    var local: UInt8 = 0
    start = withUnsafeMutablePointer(to: &local) { UInt(bitPattern: $0) }
    let next = Self.position()
    isReliable = next < start && start - next < 4096
  }

  /// Whether it is time to turn back.
  var isExhausted: Bool {
    guard isReliable else { return false }
    let position = Self.position()
    return position < start && start - position > Self.most
  }

  /// An address in the stack frame of this function.
  @inline(never)
  private static func position() -> UInt {
    var local: UInt8 = 0
    return withUnsafeMutablePointer(to: &local) { UInt(bitPattern: $0) }
  }
}
