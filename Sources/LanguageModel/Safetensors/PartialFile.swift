import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The file beside another in which that one grows until it is whole: NAME.PROCESS.partial.
package enum PartialFile {
  /// Where a path leads to, its symbolic links followed.
  ///
  /// - Parameter replacesLink: whether a file takes the place of a link at the path itself, not of what that leads to.
  static func place(for path: String, replacingLink replacesLink: Bool = false) -> String {
    let file = URL(filePath: path)
    guard replacesLink else { return file.resolvingSymlinksInPath().path }
    return file.deletingLastPathComponent().resolvingSymlinksInPath().appending(path: file.lastPathComponent).path
  }

  /// The path in which this process lets the file of a place grow.
  static func path(for place: String) -> String {
    "\(place).\(ProcessInfo.processInfo.processIdentifier).partial"
  }

  /// Removes what this process has written so far of a file that is not whole yet, for a process that is about to end.
  package static func remove(for path: String, replacingLink replacesLink: Bool = false) {
    let place = place(for: path, replacingLink: replacesLink)
    try? FileManager.default.removeItem(atPath: Self.path(for: place))
  }

  /// Removes what processes that are no more have left of a file.
  static func removeAbandoned(for place: String) {
    let file = URL(filePath: place)
    let folder = file.deletingLastPathComponent().path
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard name.hasPrefix("\(file.lastPathComponent)."), name.hasSuffix(".partial"),
        let process = Int32(name.dropFirst(file.lastPathComponent.count + 1).dropLast(".partial".count)), process > 0,
        kill(process, 0) == -1, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }
}
