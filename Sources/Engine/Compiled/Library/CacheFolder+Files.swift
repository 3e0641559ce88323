import Foundation
import Subprocesses

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

// Files in and out.
extension CacheFolder {
  /// The contents of a file that only this user can have written; nil when there is none.
  ///
  /// - Throws: `CompilationError` of kind `corruptedEntry` when it is anything else.
  func contents(of name: String) throws(CompilationError) -> [UInt8]? {
    // A pipe in the file's place would be waited for.
    let descriptor = open(file(name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw corrupted(name, "cannot be read") }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.isRegularFile else {
      throw corrupted(name, status.isFolder ? "is a folder" : "is no file")
    }
    guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      throw corrupted(name, "is not this user's own file")
    }
    guard let contents = try? handle.readToEnd() else { throw corrupted(name, "is empty or cannot be read") }
    return Array(contents)
  }

  /// The error that a file is not the compiled code that it should be.
  func corrupted(_ name: String, _ reason: String) -> CompilationError {
    CompilationError(.corruptedEntry, "\(file(name)): the compiled code \(reason)")
  }

  /// Makes a file for this user alone, where there is none.
  ///
  /// - Throws: `CompilationError` of kind `cacheUnusable`.
  func create(_ name: String, _ contents: [UInt8]) throws(CompilationError) {
    let descriptor = open(file(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable() }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    var isWritten = (try? handle.write(contentsOf: contents)) != nil
    isWritten = fsync(descriptor) == 0 && isWritten
    isWritten = close(descriptor) == 0 && isWritten
    guard isWritten else { throw unusable("cannot be written to") }
  }

  /// Gives a file its name, in place of the one that has it.
  ///
  /// - Throws: `CompilationError` of kind `cacheUnusable`.
  func move(_ name: String, to newName: String) throws(CompilationError) {
    guard rename(file(name), file(newName)) == 0 else {
      let reason = String(cString: strerror(errno))
      throw CompilationError(.cacheUnusable, "\(file(newName)): the compiled code cannot be put there: \(reason)")
    }
  }

  /// Makes a folder in this one for the time of a compilation; its name.
  ///
  /// - Throws: `CompilationError` of kind `cacheUnusable`.
  func makeTemporary() throws(CompilationError) -> String {
    let name = Self.makeTemporaryName()
    Leftovers.ofProcess.add(folder: file(name))
    guard mkdir(file(name), 0o700) == 0 else {
      let error = unwritable()
      Leftovers.ofProcess.forget(folder: file(name))
      throw error
    }
    return name
  }

  private func unwritable() -> CompilationError {
    unusable("cannot be written to: \(String(cString: strerror(errno)))")
  }

  /// Removes a file or an empty folder, if that is possible.
  func remove(_ name: String) {
    if unlink(file(name)) != 0 { rmdir(file(name)) }
  }
}
