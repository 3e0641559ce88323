import Foundation

/// What a path leads to, once symbolic links are followed.
package enum FileKind: Hashable, Sendable {
  case nothing
  case regular
  case folder
  /// A pipe, a terminal, a device: something that takes or gives bytes and is no place to keep them.
  case stream

  package init(of path: String) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: Self.target(of: path)) else {
      // A link into /proc may lead to an open file that has no name.
      self = FileManager.default.fileExists(atPath: path) ? .stream : .nothing
      return
    }
    switch attributes[.type] as? FileAttributeType {
    case .typeRegular: self = .regular
    case .typeDirectory: self = .folder
    default: self = .stream
    }
  }

  /// Where a chain of symbolic links ends, the last of which may lead to nothing; the path itself when it is no link or
  /// the chain has no end.
  package static func target(of path: String) -> String {
    var target = path
    for _ in 0..<40 {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else { return target }
      target = URL(fileURLWithPath: next, relativeTo: URL(fileURLWithPath: target).deletingLastPathComponent()).path
    }
    return path
  }
}
