import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file without a name that takes what another program prints.
///
/// At a pipe's end one would wait for everybody who holds it, also those whom the program has left behind.
struct PrintedOutput: ~Copyable {
  /// The most bytes that are read of it at its end.
  static let limit = 1 << 20

  let descriptor: Int32

  /// - Throws: `SubprocessError` when there can be none in the folder for temporary files.
  init() throws(SubprocessError) {
    let folder = FileManager.default.temporaryDirectory.path
    var template = Array((folder + "/tvm-XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw SubprocessError(folder, "takes no temporary file") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
  }

  /// What is in it, as text.
  func text() -> String {
    var bytes: [UInt8] = []
    while bytes.count < Self.limit {
      let next = self.bytes(at: bytes.count)
      if next.isEmpty { break }
      bytes += next
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Some of the bytes from a place on; none where it ends as yet.
  func bytes(at place: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      count = max(pread(descriptor, buffer.baseAddress, buffer.count, off_t(place)), 0)
    }
  }

  deinit {
    close(descriptor)
  }
}
