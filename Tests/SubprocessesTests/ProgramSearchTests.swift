import Foundation
import Subprocesses
import Testing

/// Which files commands mean.
@Suite struct ProgramSearchTests {
  /// A folder that has a program `tool`, a folder and a file of which neither may be executed.
  private static func withFolders<Result>(_ body: (URL, URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-search-\(UUID().uuidString)")
    let (first, second) = (folder.appending(path: "1"), folder.appending(path: "2"))
    defer { try? FileManager.default.removeItem(at: folder) }
    for folder in [first.appending(path: "tool"), first.appending(path: "clang"), second] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    for name in ["tool", "clang", "text"] {
      try Data("#!/bin/sh\n".utf8).write(to: second.appending(path: name))
      try FileManager.default.setAttributes(
        [.posixPermissions: name == "text" ? 0o600 : 0o700], ofItemAtPath: second.appending(path: name).path)
    }
    return try body(first, second)
  }

  @Test func foldersAndTextsAreNoPrograms() throws {
    try Self.withFolders { first, second in
      let search = ProgramSearch(["PATH": "\(first.path):\(second.path)"])
      #expect(search.find("tool")?.path == second.path + "/tool")
      #expect(search.find("text") == nil && search.find("none") == nil)
      #expect(search.find(second.path + "/tool")?.path == second.path + "/tool")
      #expect(search.find(first.path + "/tool") == nil)
      #expect(ProgramSearch([:]).find("tool") == nil)
      #expect(ProgramSearch(["PATH": first.path]).find("tool", besides: [second])?.path == second.path + "/tool")
    }
  }

  @Test func theNamedClangIsTheOnlyOne() throws {
    try Self.withFolders { first, second in
      let path = "\(first.path):\(second.path):\(second.path)"
      let clang = second.path + "/clang"
      #expect(ProgramSearch(["PATH": path]).clangs.filter { $0.path == clang }.count == 1)
      #expect(ProgramSearch(["PATH": path]).clangs.first?.path == clang)
      #expect(ProgramSearch(["PATH": path, "TVM_CLANG": ""]).clangs.first?.path == clang)
      #expect(ProgramSearch(["PATH": path, "TVM_CLANG": "tool"]).clangs.map(\.path) == [second.path + "/tool"])
      #expect(ProgramSearch(["PATH": path, "TVM_CLANG": first.path + "/clang"]).clangs.isEmpty)
    }
  }
}
