#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Memory for arrays that may be large, in large pages where the system has them: to have a small page cleared and mapped takes as long as
/// a dozen tokens.
package enum LargePages {
  private static let pageSize = 1 << 21
  /// What is smaller would leave much of its last page unused.
  private static let leastByteCount = 4 << 20

  /// Room for elements, none of them initialised; `deallocate()` gives it back.
  package static func allocate<Element: BitwiseCopyable>(
    _ type: Element.Type, capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let byteCount = capacity * MemoryLayout<Element>.stride
    guard byteCount >= leastByteCount else { return .allocate(capacity: capacity) }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: pageSize)
    #if os(Linux)
      // Where there are none, the memory is as it would have been.
      _ = madvise(memory, byteCount, MADV_HUGEPAGE)
    #endif
    return memory.bindMemory(to: Element.self, capacity: capacity)
  }
}
