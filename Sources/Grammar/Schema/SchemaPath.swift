/// The way from the root of a schema to a part of it.
///
/// It shares memory with the ways to what is around the part, so that a long name is kept once however much is below it.
final class SchemaPath: Hashable, Sendable {
  static let root = SchemaPath(nil, "")

  private let parent: SchemaPath?
  private let name: String
  private let hash: Int

  private init(_ parent: SchemaPath?, _ name: String) {
    self.parent = parent
    self.name = name
    var hasher = Hasher()
    hasher.combine(parent?.hash)
    hasher.combine(name)
    hash = hasher.finalize()
  }

  /// The way to what stands under `name` here.
  func appending(_ name: String) -> SchemaPath { SchemaPath(self, name) }

  /// The way as a JSON pointer; empty for the root.
  var pointer: String {
    var names: [String] = []
    var current = self
    while let parent = current.parent {
      names.append(current.name)
      current = parent
    }
    return names.reversed().reduce(into: "") { $0 += "/" + Self.escape($1) }
  }

  /// Writes a name as a part of a JSON pointer.
  private static func escape(_ name: String) -> String {
    String(
      name.flatMap { character in
        switch character {
        case "~": "~0"
        case "/": "~1"
        default: String(character)
        }
      })
  }

  static func == (left: SchemaPath, right: SchemaPath) -> Bool {
    left === right || left.hash == right.hash && left.name == right.name && left.parent == right.parent
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
