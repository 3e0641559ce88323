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
      let parent = URL(filePath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    } catch {
      throw unusable("cannot be made")
    }
    // At no moment can others enter it. A folder that is there keeps its permissions.
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw unusable("cannot be made") }
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

  func unusable(_ reason: String) -> CompilationError {
    CompilationError(.cacheUnusable, "\(path): the folder for compiled code \(reason)")
  }

  /// The place of a file.
  func file(_ name: String) -> String {
    path + "/" + name
  }

  /// The names of what lies in the folder.
  ///
  /// - Throws: `CompilationError` of kind `cacheUnusable`.
  func names() throws(CompilationError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw unusable("cannot be read")
    }
  }
}

extension stat {
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
  /// Whether only its owner may rename what lies in a folder.
  fileprivate var isSticky: Bool { st_mode & S_ISVTX != 0 }
}
