import Foundation
import Subprocesses

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

// What nobody needs any more.
extension CacheFolder {
  /// How the names begin of what is there during a compilation.
  private static let temporaryPrefix = "temporary-"

  /// Seconds after which a process that was compiling has ended in some way.
  private static let temporaryLifetime = 3600.0
  /// Seconds for which entries are kept that nobody uses: thirty days.
  private static let lifetime = 30 * 86_400.0
  /// Seconds for which the time that an entry was used at last may be wrong.
  private static let useInterval = 86_400.0

  /// A name, of which there is no other, for what is there during a compilation.
  static func makeTemporaryName() -> String {
    temporaryPrefix + UUID().uuidString
  }

  /// Whether ``makeTemporaryName()`` can have made a name.
  private static func isTemporary(_ name: String) -> Bool {
    guard name.hasPrefix(temporaryPrefix) else { return false }
    let identifier = String(name.dropFirst(temporaryPrefix.count))
    return UUID(uuidString: identifier)?.uuidString == identifier
  }

  /// Remembers that an entry is in use.
  func markUsed(_ name: String) {
    if let age = age(of: name), age > Self.useInterval { utimes(file(name), nil) }
  }

  /// Removes what processes have left that were ended while they compiled, and entries that have not been used for long.
  ///
  /// The folder is one that the user has named: what bears another name than this cache gives is not its own.
  func removeLeftovers() {
    for name in (try? names()) ?? [] {
      if Self.isTemporary(name) {
        if let age = age(of: name), age > Self.temporaryLifetime { removeTemporary(name) }
      } else if CacheEntry.isEntry(name) {
        if let age = age(of: name), age > Self.lifetime { remove(name) }
      }
    }
  }

  /// Removes what was there during a compilation, with all that is in it.
  func removeTemporary(_ name: String) {
    try? FileManager.default.removeItem(atPath: file(name))
    Leftovers.ofProcess.forget(folder: file(name))
  }

  /// Seconds since something was last changed.
  private func age(of name: String) -> Double? {
    let date = (try? FileManager.default.attributesOfItem(atPath: file(name)))?[.modificationDate] as? Date
    return date.map { -$0.timeIntervalSinceNow }
  }
}
