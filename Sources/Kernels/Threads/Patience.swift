import CKernels

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How a thread waits for another: a few pauses, then its core is offered to others, and after some tens of microseconds
/// it should sleep.
struct Patience {
  private var looks = 0

  /// Waits a moment; false when the thread has waited long enough to sleep.
  mutating func wait() -> Bool {
    looks += 1
    if looks <= 64 {
      ckernels_pause()
      return true
    }
    sched_yield()
    return looks < 320
  }
}
