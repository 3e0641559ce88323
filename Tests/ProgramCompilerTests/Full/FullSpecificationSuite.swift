import Foundation

/// The commands of the official test suite that call functions, with values of all types.
enum FullSpecificationSuite {
  struct Value: Decodable {
    let type: String
    /// The bits as a decimal number, or a class of NaN; nil where only the type is told.
    let value: String?

    var isWide: Bool { type == "i64" || type == "f64" }
    var bits: UInt64? { value.flatMap { UInt64($0) } }
  }

  struct Action: Decodable {
    let type: String
    let field: String
    let args: [Value]?
    /// The module's name, where it is not the latest one.
    let module: String?
  }

  struct Command: Decodable {
    let type: String
    let line: Int
    let filename: String?
    let action: Action?
    let expected: [Value]?
    /// The trap's message.
    let text: String?

    /// The call, if it is one of the latest module's functions.
    var call: Action? {
      guard ["assert_return", "assert_trap", "assert_exhaustion", "action"].contains(type) else { return nil }
      return action.flatMap { $0.type == "invoke" && $0.module == nil ? $0 : nil }
    }
  }

  private struct Script: Decodable {
    let commands: [Command]
  }

  /// The commands of each file, with the bytes of the module that a command names.
  static func scripts() throws -> [(name: String, commands: [(command: Command, module: [UInt8]?)])] {
    guard let folder = SpecificationSuite.folder else { return [] }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.compactMap { name in
      let file = folder.appending(path: "\(name)/\(name).json")
      guard FileManager.default.fileExists(atPath: file.path) else { return nil }
      let script = try JSONDecoder().decode(Script.self, from: Data(contentsOf: file))
      return (
        name,
        try script.commands.map { command in
          guard command.type == "module", let path = command.filename else { return (command, nil) }
          return (command, [UInt8](try Data(contentsOf: folder.appending(path: "\(name)/\(path)"))))
        }
      )
    }
  }
}
