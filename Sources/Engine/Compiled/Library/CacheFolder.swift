import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The user's folder for compiled code. Nobody else can write in it, nor put another in its place.
struct CacheFolder: Sendable {
  let path: String

  /// How the names of files begin that nobody needs after a while.
  static let temporaryPrefix = "temporary-"
  /// Seconds after which a process that was writing a temporary file has ended in some way.
  private static let temporaryLifetime = 3600.0

  /// The folder that `TVM_CACHE` names, or `tvm` in the user's folder for caches.
  ///
  /// - Throws: `CompilationError` of kind `cacheUnusable` when the environment tells of no such folder.
  init(environment: [String: String]) throws(CompilationError) {
    func folder(_ name: String) -> String? {
      environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    if let named = environment["TVM_CACHE"], !named.isEmpty {
      guard named.hasPrefix("/") else {
        throw CompilationError(.cacheUnusable, "TVM_CACHE: expected an absolute path, found '\(named)'")
      }
      path = named
    } else if let caches = folder("XDG_CACHE_HOME") {
      path = caches + "/tvm"
    } else if let home = folder("HOME") {
      #if canImport(Darwin)
        path = home + "/Library/Caches/tvm"
      #else
        path = home + "/.cache/tvm"
      #endif
    } else {
      throw CompilationError(.cacheUnusable, "no folder for compiled code: HOME is not set")
    }
  }

  /// Makes the folder if there is none, and checks that nobody else can reach what is in it.
  ///
  /// - Throws: `CompilationError` of kind `cacheUnusable`.
  func prepare() throws(CompilationError) {
    do {
      // A folder that is there keeps its permissions.
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw unusable("cannot be made")
    }
    let status = try status(of: path)
    guard status.isFolder else { throw unusable("is no folder") }
    guard status.st_uid == geteuid() else { throw unusable("belongs to another user") }
    guard status.st_mode & 0o077 == 0 else { throw unusable("is open to other users (chmod 700 would close it)") }
    try checkParents()
  }

  /// Whoever can write to a folder above could put another folder in this one's place.
  private func checkParents() throws(CompilationError) {
    guard let resolved = realpath(path, nil) else { throw unusable("cannot be resolved") }
    defer { free(resolved) }
    var parent = URL(filePath: String(cString: resolved))
    while parent.path != "/" {
      parent.deleteLastPathComponent()
      let status = try status(of: parent.path)
      guard status.st_uid == geteuid() || status.st_uid == 0 else {
        throw unusable("lies in \(parent.path), which belongs to another user")
      }
      guard status.st_mode & 0o022 == 0 || status.isSticky else {
        throw unusable("lies in \(parent.path), where other users can write")
      }
    }
  }

  private func status(of path: String) throws(CompilationError) -> stat {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw unusable("cannot be read") }
    return status
  }

  private func unusable(_ reason: String) -> CompilationError {
    CompilationError(.cacheUnusable, "\(path): the folder for compiled code \(reason)")
  }

  /// The place of a file.
  func file(_ name: String) -> String {
    path + "/" + name
  }

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
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
      status.st_mode & 0o022 == 0
    else { throw corrupted(name, "is not this user's own file") }
    guard let contents = try? handle.readToEnd() else { throw corrupted(name, "is empty or cannot be read") }
    return Array(contents)
  }

  private func corrupted(_ name: String, _ reason: String) -> CompilationError {
    CompilationError(.corruptedEntry, "\(file(name)): the compiled code \(reason)")
  }

  /// Puts a file in its place, whole or not at all.
  ///
  /// - Throws: `CompilationError` of kind `cacheUnusable`.
  func write(_ contents: [UInt8], to name: String) throws(CompilationError) {
    let temporary = file("\(Self.temporaryPrefix)\(UUID().uuidString)")
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unusable("cannot be written to") }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    var isWritten = (try? handle.write(contentsOf: contents)) != nil
    isWritten = fsync(descriptor) == 0 && isWritten
    isWritten = close(descriptor) == 0 && isWritten
    guard isWritten, rename(temporary, file(name)) == 0 else {
      unlink(temporary)
      throw unusable("cannot be written to")
    }
  }

  /// Removes what processes have left that were ended while they wrote.
  func removeLeftovers() {
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: path)) ?? [] where name.hasPrefix(Self.temporaryPrefix) {
      let date = (try? manager.attributesOfItem(atPath: file(name)))?[.modificationDate] as? Date
      if let date, date.timeIntervalSinceNow < -Self.temporaryLifetime { remove(name) }
    }
  }

  /// Removes a file, if that is possible.
  func remove(_ name: String) {
    unlink(file(name))
  }
}

extension stat {
  fileprivate var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  /// Whether only its owner may rename what lies in a folder.
  fileprivate var isSticky: Bool { st_mode & S_ISVTX != 0 }
}
