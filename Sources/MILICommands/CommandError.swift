import Files

/// Why a command cannot do what it was asked to, in one line whatever files and servers are called or say.
struct CommandError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description.oneLine
  }
}
