#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file's bytes, mapped read-only; pages are read from disk when they are first touched.
package final class MappedFile: @unchecked Sendable {
  /// The file's path.
  package let path: String
  /// Its bytes; changing the file while it is mapped is not supported.
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
    madvise(start, count, Int32(MADV_WILLNEED))
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }

  private static var reason: String { String(cString: strerror(errno)) }
}
