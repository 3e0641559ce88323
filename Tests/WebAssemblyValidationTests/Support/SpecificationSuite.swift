import Foundation

/// The official test suite as JSON and modules: at `TVM_SPEC`, or beside the package in `../shared/spec`.
enum SpecificationSuite {
  static let absence = "no specification suite at TVM_SPEC or ../shared/spec"

  struct Command: Decodable {
    var type: String
    var line: Int
    var filename: String?
    var text: String?
    var moduleType: String?

    enum CodingKeys: String, CodingKey {
      case type, line, filename, text
      case moduleType = "module_type"
    }
  }

  /// A module of the suite, and what the suite says of it.
  struct Entry {
    var name: String
    var command: Command
    var bytes: [UInt8]
  }

  /// The suite's folder, where there is one.
  static let folder: URL? = {
    let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let candidate =
      ProcessInfo.processInfo.environment["TVM_SPEC"].map { URL(filePath: $0) }
      ?? packageRoot.appending(path: "../shared/spec")
    return FileManager.default.fileExists(atPath: candidate.path) ? candidate.standardizedFileURL : nil
  }()

  /// Every command that comes with a module in the binary format, in the order of names and lines.
  static func binaryModules(in folder: URL) throws -> [Entry] {
    struct Script: Decodable {
      var commands: [Command]
    }
    var entries: [Entry] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let script = folder.appending(path: "\(name)/\(name).json")
      guard let json = try? Data(contentsOf: script) else { continue }
      for command in try JSONDecoder().decode(Script.self, from: json).commands {
        guard let filename = command.filename, command.moduleType != "text" else { continue }
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "\(name)/\(filename)")))
        entries.append(Entry(name: "\(name).wast, line \(command.line)", command: command, bytes: bytes))
      }
    }
    return entries
  }
}
