import CMemoryFile
import Foundation

/// Bytes of which copies are made without copying: the pages of a copy are the image's until something is written to them.
///
/// An image is filled once, through `original`, and not written to any more as soon as there are copies.
///
/// ```swift
/// let image = MemoryImage(byteCount: 1 << 20)
/// let place = image?.take(byteCount: 1 << 20)  // to be filled
/// let copy = image?.copy()                     // costs the same whatever the size
/// ```
///
/// It is unchecked for `Sendable` because `take` is for whoever makes it, before it is shared.
package final class MemoryImage: @unchecked Sendable {
  /// Where the image itself can be reached.
  package let original: ImageMapping
  private let file: Int32
  /// How many bytes have been taken.
  private var used = 0

  /// An image of zeros, none of which takes memory before it is written; nil where the system has no more of what it takes.
  package init?(byteCount: Int) {
    let size = Self.pages(byteCount) * Self.pageSize
    let file = memory_file_open()
    guard file >= 0 else { return nil }
    guard size > 0, ftruncate(file, off_t(size)) == 0,
      let original = ImageMapping(of: file, byteCount: size, isShared: true)
    else {
      close(file)
      return nil
    }
    self.file = file
    self.original = original
  }

  deinit {
    close(file)
  }

  /// Takes bytes for something that is to be filled: whole pages, so that writing to a copy of it copies nothing else. Nil
  /// where the image has not so many left.
  package func take(byteCount: Int) -> UnsafeMutableRawPointer? {
    let size = Self.pages(byteCount) * Self.pageSize
    guard size <= original.byteCount - used else { return nil }
    defer { used += size }
    return original.base + used
  }

  /// A copy, everything in it as far from its base as in the original; nil where the system has no more of what it takes.
  ///
  /// - Complexity: O(1). The first write to a page of it copies that page.
  package func copy() -> ImageMapping? {
    ImageMapping(of: file, byteCount: original.byteCount, isShared: false)
  }

  /// Bytes of the pages in which copies share memory.
  package static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// The pages that so many bytes take.
  package static func pages(_ byteCount: Int) -> Int {
    (byteCount + pageSize - 1) / pageSize
  }
}
