import Foundation
import WebAssembly

/// The official test suite as JSON and modules.
enum SpecificationSuite {
  /// A call that the suite asks for.
  struct Action {
    let line: Int
    let field: String
    /// The arguments, nil for one that is not an i32.
    let arguments: [UInt32?]
    /// The one i32 result, nil where there is none.
    let expected: UInt32?
    let traps: Bool

    /// The exported function.
    func function(in module: Module) -> FunctionIndex? {
      for export in module.exports where export.name == Name(field) {
        if case .function(let index) = export.kind { return index }
      }
      return nil
    }
  }

  /// A file of the suite: its modules, each with the calls on i32 that follow it.
  struct Script {
    let name: String
    let groups: [(bytes: [UInt8], actions: [Action])]
  }

  static let folder: URL? = {
    let beside = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../shared/spec")
    let named = ProcessInfo.processInfo.environment["TVM_SPEC"].map { URL(filePath: $0) }
    let folder = (named ?? beside).standardized
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static func scripts() throws -> [Script] {
    guard let folder else { return [] }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.compactMap { name in
      let file = folder.appending(path: "\(name)/\(name).json")
      guard FileManager.default.fileExists(atPath: file.path) else { return nil }
      let commands = try JSONDecoder().decode(Commands.self, from: Data(contentsOf: file)).commands
      return Script(name: name, groups: try groups(commands, in: file.deletingLastPathComponent()))
    }
  }

  private static func groups(_ commands: [Command], in folder: URL) throws -> [(bytes: [UInt8], actions: [Action])] {
    var groups: [(bytes: [UInt8], actions: [Action])] = []
    for command in commands {
      if command.type == "module", let file = command.filename {
        groups.append(([UInt8](try Data(contentsOf: folder.appending(path: file))), []))
      } else if let action = command.integerAction, !groups.isEmpty {
        groups[groups.count - 1].actions.append(action)
      }
    }
    return groups
  }

  private struct Commands: Decodable {
    let commands: [Command]
  }

  private struct Value: Decodable {
    let type: String
    let value: String?

    var integer: UInt32? { type == "i32" ? value.flatMap { UInt32($0) } : nil }
  }

  private struct Command: Decodable {
    struct Invocation: Decodable {
      let type: String
      let module: String?
      let field: String
      let args: [Value]?
    }

    let type: String
    let line: Int
    let text: String?
    let filename: String?
    let action: Invocation?
    let expected: [Value]?

    /// The call, where all that it takes and gives is at most one i32 result and i32 arguments. Accesses outside the memory
    /// are not noticed by programs, and so not asked for.
    var integerAction: Action? {
      guard type == "assert_return" || type == "assert_trap", let action, action.type == "invoke", action.module == nil,
        text != "out of bounds memory access", let arguments = action.args?.map(\.integer), !arguments.contains(nil)
      else { return nil }
      let traps = type == "assert_trap"
      let results = traps ? [] : (expected ?? []).map(\.integer)
      guard results.count <= 1, !results.contains(nil) else { return nil }
      return Action(
        line: line, field: action.field, arguments: arguments, expected: results.first ?? nil, traps: traps)
    }
  }
}
