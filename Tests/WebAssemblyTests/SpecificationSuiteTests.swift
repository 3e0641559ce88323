import Foundation
import Testing
import WebAssembly

/// The official test suite as JSON and modules: at `TVM_SPEC`, or beside the package in `../shared/spec`.
enum SpecificationSuite {
  struct Script: Decodable {
    var commands: [Command]
  }

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

  static let absence = "no specification suite at TVM_SPEC or ../shared/spec"

  /// The suite's folder, where there is one.
  static let folder: URL? = {
    let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let candidate =
      ProcessInfo.processInfo.environment["TVM_SPEC"].map { URL(filePath: $0) }
      ?? packageRoot.appending(path: "../shared/spec")
    return FileManager.default.fileExists(atPath: candidate.path) ? candidate.standardizedFileURL : nil
  }()

  /// Every command that comes with a module in the binary format, and the module.
  static func binaryModules(in folder: URL) throws -> [(name: String, command: Command, bytes: [UInt8])] {
    try scripts(in: folder).flatMap { script in
      try JSONDecoder().decode(Script.self, from: Data(contentsOf: script)).commands.compactMap { command in
        guard let filename = command.filename, command.moduleType != "text" else { return nil }
        let file = script.deletingLastPathComponent().appending(path: filename)
        let name = "\(script.lastPathComponent), line \(command.line)"
        return (name, command, [UInt8](try Data(contentsOf: file)))
      }
    }
  }

  private static func scripts(in folder: URL) throws -> [URL] {
    let manager = FileManager.default
    return try manager.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .map { $0.appending(path: "\($0.lastPathComponent).json") }
      .filter { manager.fileExists(atPath: $0.path) }
      .sorted { $0.path < $1.path }
  }
}

@Suite("Specification suite", .enabled(if: SpecificationSuite.folder != nil, "\(SpecificationSuite.absence)"))
struct SpecificationSuiteTests {
  @Test("Modules decode, malformed ones are refused in the suite's words")
  func judgements() throws {
    let folder = try #require(SpecificationSuite.folder)
    var counts: [String: Int] = [:]
    for (name, command, bytes) in try SpecificationSuite.binaryModules(in: folder) {
      counts[command.type, default: 0] += 1
      do {
        _ = try Module(decoding: bytes)
        #expect(command.type != "assert_malformed", "\(name): decoded, though \(command.text ?? "malformed")")
      } catch {
        // Invalid and unlinkable modules are well formed, like the valid ones.
        #expect(command.type == "assert_malformed", "\(name): \(error)")
        #expect(error.kind.rawValue.hasPrefix(command.text ?? "?"), "\(name): \(error), not \(command.text ?? "")")
      }
    }
    #expect(counts["module", default: 0] >= 100 && counts["assert_malformed", default: 0] >= 400, "\(counts)")
  }
}
