public import Foundation

/// Compiled code, kept in a folder of the user's own from one run to the next.
///
/// The folder is the one that the environment names as `TVM_CACHE`, otherwise `tvm` in `XDG_CACHE_HOME`, in `~/.cache` or, on macOS,
/// in `~/Library/Caches`. Its path must be absolute. No other user may be able to read or write it: what lies in it is executed.
///
/// A library is found by the hash of its source, the compiler, the compiler's flags and the processor. Its own hash is part of its name,
/// and what does not have that hash is not loaded. What has not been used for thirty days is removed when something else is compiled.
public struct CodeCache: Sendable {
  private let environment: [String: String]
  private let compilerLimit: Double

  /// Seconds after which a compiler is ended: four times what a specialised program of a million tokens takes at most.
  private static let compilerLimit = 120.0

  /// The cache that an environment tells of; by default the process's own.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.init(environment: environment, compilerLimit: Self.compilerLimit)
  }

  /// - Parameter compilerLimit: seconds after which a compiler is ended.
  package init(environment: [String: String], compilerLimit: Double) {
    self.environment = environment
    self.compilerLimit = compilerLimit
  }

  /// The library that the same compiler has made of a source before; nil when there is none.
  ///
  /// - Throws: `CompilationError`; an entry that is not what was once written is removed.
  func stored(_ source: String) throws(CompilationError) -> CodeLibrary? {
    let folder = try CacheFolder(environment: environment)
    try folder.prepare()
    // That there is no compiler is said when one is wanted.
    guard let compiler = try? NativeCompiler(environment: environment).find() else { return nil }
    return try load(CacheEntry(of: source, by: compiler), in: folder)
  }

  /// Compiles a source, loads the library, and keeps it for the next time.
  ///
  /// - Throws: `CompilationError`.
  func compile(_ source: String, by run: CompilerRun = CompilerRun()) throws(CompilationError) -> CodeLibrary {
    let folder = try CacheFolder(environment: environment)
    try folder.prepare()
    let compiler = try NativeCompiler(environment: environment).find()
    folder.removeLeftovers()
    return try build(source, by: compiler, run, in: folder)
  }

  private func load(_ entry: CacheEntry, in folder: CacheFolder) throws(CompilationError) -> CodeLibrary? {
    var obstacle: CompilationError?
    for name in try folder.names() where entry.isNamed(by: name) {
      do throws(CompilationError) {
        guard let contents = try folder.contents(of: name) else { continue }
        guard entry.name(of: contents) == name else { throw folder.corrupted(name, "is not what was written there") }
        let library = try CodeLibrary(folder.file(name))
        folder.markUsed(name)
        return library
      } catch {
        folder.remove(name)
        obstacle = error
      }
    }
    if let obstacle { throw obstacle }
    return nil
  }

  private func build(
    _ source: String, by compiler: NativeCompiler.Found, _ run: CompilerRun, in folder: CacheFolder
  ) throws(CompilationError) -> CodeLibrary {
    let temporary = try folder.makeTemporary()
    defer { folder.removeTemporary(temporary) }
    let (input, output, copy) = (temporary + "/source.c", temporary + "/output", temporary + "/copy")
    try folder.create(input, Array(source.utf8))
    try run.compile(folder.file(input), to: folder.file(output), by: compiler.url, within: compilerLimit)
    // A compiler lets others read and write what the user's mask allows.
    chmod(folder.file(output), 0o600)
    guard let library = try folder.contents(of: output) else {
      throw CompilationError(.compilerFailed, "\(compiler.url.path) made no library")
    }
    // Nobody who is still writing to the compiler's output writes to the copy.
    try folder.create(copy, library)
    let loaded = try CodeLibrary(folder.file(copy))
    try folder.move(copy, to: CacheEntry(of: source, by: compiler).name(of: library))
    return loaded
  }
}
