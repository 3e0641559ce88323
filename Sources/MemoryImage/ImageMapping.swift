import Foundation

/// An image, or a copy of one, at an address.
///
/// It is unchecked for `Sendable` because it is memory only: whoever holds it decides who writes.
package final class ImageMapping: @unchecked Sendable {
  package let base: UnsafeMutableRawPointer
  package let byteCount: Int
  private let isShared: Bool

  init?(of file: Int32, byteCount: Int, isShared: Bool) {
    let protection = PROT_READ | PROT_WRITE
    guard let base = mmap(nil, byteCount, protection, isShared ? MAP_SHARED : MAP_PRIVATE, file, 0), base != MAP_FAILED
    else { return nil }
    self.base = base
    self.byteCount = byteCount
    self.isShared = isShared
  }

  deinit {
    munmap(base, byteCount)
  }

  /// Bytes of memory that are this copy's alone, since something was written to their pages; all of them where the system does
  /// not tell. Of an image itself, the bytes that it takes.
  package var ownByteCount: Int {
    #if os(Linux)
      return ownPageCount.map { $0 * MemoryImage.pageSize } ?? byteCount
    #else
      return byteCount
    #endif
  }

  #if os(Linux)
    /// The pages in use, by the kernel's table of them: 8 bytes for each (Documentation/admin-guide/mm/pagemap.rst).
    private var ownPageCount: Int? {
      let table = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)
      guard table >= 0 else { return nil }
      defer { close(table) }
      var entries = [UInt64](repeating: 0, count: byteCount / MemoryImage.pageSize)
      let size = entries.count * MemoryLayout<UInt64>.size
      let place = Int(bitPattern: base) / MemoryImage.pageSize * MemoryLayout<UInt64>.size
      guard pread(table, &entries, size, off_t(place)) == size else { return nil }
      return entries.count { isShared ? Self.isInUse($0) : Self.isInUse($0) && !Self.isOfFile($0) }
    }

    /// Whether a page is in memory or swapped out.
    private static func isInUse(_ entry: UInt64) -> Bool { entry >> 62 != 0 }

    /// Whether a page is the file's.
    private static func isOfFile(_ entry: UInt64) -> Bool { entry >> 61 & 1 == 1 }
  #endif
}
