import ArgumentParser
import Foundation
import TVMCommands
import Testing
import TransformerVM

/// What a person meets who types a command: help, wrong usage, damaged files.
@Suite struct CommandLineTests {
  static let commands = [
    "run", "eval", "compile", "reference", "schedule", "build", "specialize", "inspect", "verify", "bench",
    "spectest", "invoke",
  ]

  @Test(arguments: commands)
  func helpShowsAnExample(_ command: String) throws {
    let help = TVM.message(for: try #require(Self.failure([command, "--help"])))
    #expect(help.contains("Example: tvm \(command)"))
  }

  /// What is shown as a default can be typed.
  @Test(arguments: commands)
  func defaultsAreWords(_ command: String) throws {
    let help = TVM.message(for: try #require(Self.failure([command, "--help"])))
    for part in help.components(separatedBy: "(default: ").dropFirst() {
      #expect(!part.prefix { $0 != ")" }.contains("("), "\(part.prefix(40))")
    }
  }

  @Test(arguments: [
    ["nonsense"], ["run", "--engine", "quantum"], ["run", "--max-tokens", "0"], ["run", "--input", "x"],
    ["run", "a.c", "b.c", "--trace", "t"], ["eval", "a.c", "b.c", "--input", "x"], ["compile", "a.c"],
    ["verify"], ["bench", "--rounds", "0"], ["bench", "--engine", "quantum"], ["bench", "--growth", "5"],
    ["bench", "-o", "x.svg"],
    ["schedule", "--max-layers", "0"], ["schedule", "--time-limit", "-1"], ["build"], ["reference"],
    ["spectest"], ["spectest", "a.json", "--engine", "quantum"], ["spectest", "a.json", "--jobs", "0"],
  ])
  func wrongUsageIsExitCode64(_ arguments: [String]) throws {
    let error = try #require(Self.failure(arguments))
    #expect(TVM.exitCode(for: error).rawValue == 64)
  }

  @Test(arguments: [
    ["run", "nowhere.c"], ["run", "nowhere.wasm"], ["run", "nowhere.txt"], ["run", "nothing-of-that-name"],
    ["run", "/"], ["run", "--model", "nowhere.bin"], ["run", "hello", "--input", "@nowhere"],
    ["build", "--plan", "nowhere.yaml", "-o", "x.bin"], ["inspect", "nowhere.safetensors"],
    ["spectest", "nowhere.json"], ["build", "-o", "/nowhere/at/all/x.bin"],
    ["compile", "hello", "-o", "/nowhere/at/all/x.txt"],
  ])
  func whatIsMissingIsOneLine(_ arguments: [String]) throws {
    try expectOneLine(arguments)
  }

  /// Files of each kind: empty, random, and text that is nothing.
  @Test(arguments: ["c", "wasm", "txt", "bin", "safetensors", "yaml"])
  func damagedFilesAreOneLine(_ kind: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let contents: [[UInt8]] = [
      [], Array("{ i32.nonsense 00 00 00 00 }\n".utf8), (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 7) },
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0xff], [0xff, 0xfe],
    ]
    for (index, bytes) in contents.enumerated() where kind != "c" || index == 0 {
      let path = folder.appendingPathComponent("\(index).\(kind)").path
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      switch kind {
      case "bin", "safetensors":
        try expectOneLine(["run", "--model", path])
        try expectOneLine(["inspect", path])
      case "yaml": try expectOneLine(["build", "--plan", path, "-o", path + ".bin"])
      default: try expectOneLine(["run", path])
      }
    }
    let emptyFolder = folder.appendingPathComponent("folder.\(kind)").path
    try FileManager.default.createDirectory(atPath: emptyFolder, withIntermediateDirectories: true)
    switch kind {
    case "bin", "safetensors": try expectOneLine(["inspect", emptyFolder])
    case "yaml": try expectOneLine(["build", "--plan", emptyFolder, "-o", emptyFolder + ".bin"])
    default: try expectOneLine(["run", emptyFolder])
    }
  }

  @Test func aZeroByteInTheInputIsRefusedByName() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data([0x61, 0, 0x62]).write(to: URL(fileURLWithPath: path))
    let message = try expectOneLine(["run", "hello", "--machine", "base", "--input", "@" + path])
    #expect(message.contains("zero byte"))
    #expect(message.contains("offset 1"))
  }

  @discardableResult
  private func expectOneLine(
    _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let error = try #require(Self.failure(arguments), "\(arguments) succeeded", sourceLocation: sourceLocation)
    let message = TVM.message(for: error)
    #expect(TVM.exitCode(for: error).rawValue == 1, "\(arguments): \(message)", sourceLocation: sourceLocation)
    #expect(!message.isEmpty, sourceLocation: sourceLocation)
    #expect(message.split(separator: "\n").count == 1, "\(message)", sourceLocation: sourceLocation)
    return message
  }

  /// What a command line ends in; nil when it succeeds.
  private static func failure(_ arguments: [String]) -> (any Error)? {
    do {
      var command = try TVM.parseAsRoot(arguments)
      try command.run()
      return nil
    } catch {
      return error
    }
  }
}
