import Foundation

/// A file's bytes, mapped read-only; pages are read from disk in order, or when they are first touched.
package final class MappedFile: @unchecked Sendable {
  /// The file's path.
  package let path: String
  /// Its bytes. A file that becomes shorter while it is mapped ends the process that reads what is gone (SIGBUS): files are
  /// replaced by renaming others.
  package let bytes: UnsafeRawBufferPointer

  /// Maps a regular file.
  package init(path: String) throws(LanguageModelError) {
    // Without waiting for somebody to write, should it be a pipe.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw LanguageModelError(.inaccessible, file: path, "the file cannot be opened: \(Self.reason)")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw LanguageModelError(.inaccessible, file: path, "not a regular file")
    }
    self.path = path
    let count = Int(status.st_size)
    guard count > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw LanguageModelError(.inaccessible, file: path, "the file cannot be mapped: \(Self.reason)")
    }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
    // A file that memory cannot hold would only push its own pages out.
    if count < ProcessInfo.processInfo.physicalMemory / 2 {
      Thread.detachNewThread { [weak self] in Self.readAhead { self } }
    }
  }

  /// Asks for the pages in order, as long as the file is mapped.
  ///
  /// Of one request for a large file Linux heeds only the first few megabytes.
  private static func readAhead(_ file: () -> MappedFile?) {
    let piece = 1 << 22
    var offset = 0
    while let file = file(), offset < file.bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: file.bytes[offset...].prefix(piece))
      madvise(UnsafeMutableRawPointer(mutating: rest.baseAddress), rest.count, Int32(MADV_WILLNEED))
      offset += piece
    }
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }

  private static var reason: String { String(cString: strerror(errno)) }
}
