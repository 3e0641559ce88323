/// What names a library in the cache: what it was compiled from, and what it is.
///
/// One file is an entry, put in its place as a whole, so that processes that compile the same at the same time cannot mix theirs.
struct CacheEntry {
  /// The hash of the source, the compiler, its flags and the processor.
  private let key: String

  private static let ending = ".library"

  init(of source: String, by compiler: NativeCompiler.Found) {
    let flags = NativeCompiler.flags.joined(separator: " ")
    key = SHA256.hexadecimal(of: Array("\(flags)\n\(compiler.identity)\n\(Processor.features)\n\(source)".utf8))
  }

  /// The name of the file that has a library.
  func name(of library: [UInt8]) -> String {
    "\(key)-\(SHA256.hexadecimal(of: library))\(Self.ending)"
  }

  /// Whether a file of that name should have a library compiled from the same.
  func isNamed(by name: String) -> Bool {
    name.hasPrefix(key + "-") && name.hasSuffix(Self.ending)
  }

  /// Whether a file of that name can be an entry: two hashes, nothing else.
  static func isEntry(_ name: String) -> Bool {
    guard name.hasSuffix(ending) else { return false }
    let hashes = name.dropLast(ending.count).split(separator: "-", omittingEmptySubsequences: false)
    return hashes.count == 2 && hashes.allSatisfy(SHA256.isHexadecimal)
  }
}
