public import Foundation

/// Compiled code, kept in a folder of the user's own from one run to the next.
///
/// The folder is the one that the environment names as `TVM_CACHE`, otherwise `tvm` in `XDG_CACHE_HOME`, in `~/.cache` or, on macOS,
/// in `~/Library/Caches`. Its path must be absolute. No other user may be able to read or write it: what lies in it is executed.
///
/// A library is found by the hash of its source, the compiler's flags and the processor; its own hash lies beside it, and what does not
/// have that hash is not loaded.
public struct CodeCache: Sendable {
  private let environment: [String: String]

  /// The cache that an environment tells of; by default the process's own.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.environment = environment
  }

  /// The file names of an entry: a library and its hash.
  private struct Entry {
    let key: String
    var library: String { key + ".library" }
    var hash: String { key + ".sha256" }

    init(of source: String) {
      let flags = NativeCompiler.flags.joined(separator: " ")
      key = SHA256.hexadecimal(of: Array("\(flags)\n\(Processor.features)\n\(source)".utf8))
    }
  }

  /// The library compiled from a source before; nil when there is none.
  ///
  /// - Throws: `CompilationError`; an entry that is not what was once written is removed.
  func stored(_ source: String) throws(CompilationError) -> CodeLibrary? {
    let folder = try CacheFolder(environment: environment)
    try folder.prepare()
    return try load(Entry(of: source), in: folder)
  }

  /// Compiles a source, keeps the library for the next time, and loads it.
  ///
  /// - Throws: `CompilationError`.
  func compile(_ source: String, by run: CompilerRun = CompilerRun()) throws(CompilationError) -> CodeLibrary {
    let folder = try CacheFolder(environment: environment)
    try folder.prepare()
    let entry = Entry(of: source)
    try build(source, entry, in: folder, by: run)
    guard let library = try load(entry, in: folder) else {
      throw CompilationError(.cacheUnusable, "\(folder.path): what was just compiled has disappeared")
    }
    return library
  }

  private func load(_ entry: Entry, in folder: CacheFolder) throws(CompilationError) -> CodeLibrary? {
    do throws(CompilationError) {
      guard let hash = try folder.contents(of: entry.hash), let library = try folder.contents(of: entry.library) else {
        return nil
      }
      guard SHA256.hexadecimal(of: library).utf8.elementsEqual(hash) else {
        throw CompilationError(
          .corruptedEntry, "\(folder.file(entry.library)): the compiled code is not what was written there")
      }
      return try CodeLibrary(folder.file(entry.library))
    } catch {
      folder.remove(entry.hash)
      folder.remove(entry.library)
      throw error
    }
  }

  private func build(
    _ source: String, _ entry: Entry, in folder: CacheFolder, by run: CompilerRun
  ) throws(CompilationError) {
    let compiler = try NativeCompiler(environment: environment).find()
    folder.removeLeftovers()
    let name = "\(CacheFolder.temporaryPrefix)\(UUID().uuidString)"
    let sourceName = name + ".c"
    let libraryName = name + ".compiled"
    defer {
      folder.remove(sourceName)
      folder.remove(libraryName)
    }
    try folder.write(Array(source.utf8), to: sourceName)
    try run.compile(folder.file(sourceName), to: folder.file(libraryName), by: compiler)
    guard let library = try folder.contents(of: libraryName) else {
      throw CompilationError(.compilerFailed, "\(compiler.path) made no library")
    }
    try folder.write(library, to: entry.library)
    try folder.write(Array(SHA256.hexadecimal(of: library).utf8), to: entry.hash)
  }
}
