import Files
import Foundation
import Testing

/// A folder of its own for a test, removed at its end.
final class Folder {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}

@Suite struct OutputFileTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func appearsWholeAndReplacesWhatWasThere() throws {
    try OutputFile.write([1, 2, 3], to: folder("a"))
    try OutputFile.write([4], to: folder("a"))
    #expect(try InputFile.bytes(of: folder("a")) == [4])
    #expect(folder.names == ["a"])
  }

  @Test func permissionsStay() throws {
    try OutputFile.write([1], to: folder("a"))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder("a"))
    try OutputFile.write([2], to: folder("a"))
    let permissions = try FileManager.default.attributesOfItem(atPath: folder("a"))[.posixPermissions] as? NSNumber
    #expect(permissions?.intValue == 0o640)
  }

  @Test func aLinkStaysAndItsTargetIsReplaced() throws {
    try OutputFile.write([1], to: folder("target"))
    try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: "target")
    try OutputFile.write([2], to: folder("link"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder("link")) == "target")
    #expect(try InputFile.bytes(of: folder("target")) == [2])
  }

  @Test func aLinkToNothingGetsItsTarget() throws {
    try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: "target")
    try OutputFile.write([7], to: folder("link"))
    #expect(try InputFile.bytes(of: folder("target")) == [7])
    #expect(folder.names == ["link", "target"])
  }

  @Test func aPipeTakesTheBytesAndStaysAPipe() throws {
    try #require(mkfifo(folder("pipe"), 0o600) == 0)
    let path = folder("pipe")
    let bytes = Array("through the pipe".utf8)
    let writer = Thread { try? OutputFile.write(bytes, to: path) }
    writer.start()
    #expect(try InputFile.bytes(of: path) == bytes)
    #expect(FileKind(of: path) == .stream)
  }

  @Test func aDeviceIsWrittenTo() throws {
    try OutputFile.write([1, 2, 3], to: "/dev/null")
    #expect(FileKind(of: "/dev/null") == .stream)
  }

  @Test func aFolderIsNoFile() throws {
    #expect(throws: FileError("expected a file to write, found a folder", path: folder.path)) {
      try OutputFile.write([1], to: folder.path)
    }
  }

  @Test func theFolderMustBeThere() throws {
    let path = folder("missing/file")
    #expect(throws: FileError("expected a folder \(folder("missing")) to write into", path: path)) {
      try OutputFile.write([1], to: path)
    }
    try OutputFile.write([1], to: folder("file"))
    #expect(throws: FileError.self) { try OutputFile.write([1], to: folder("file/inside")) }
  }
}

@Suite struct InputFileTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func saysWhatIsWrong() throws {
    try OutputFile.write([], to: folder("empty"))
    try OutputFile.write([0xff, 0x41], to: folder("binary"))
    #expect(throws: FileError("no such file", path: folder("none"))) { try InputFile.bytes(of: folder("none")) }
    #expect(FileError("no such file", path: "").description == "an empty name: no such file")
    #expect(throws: FileError("expected a file, found a folder", path: folder.path)) {
      try InputFile.bytes(of: folder.path)
    }
    #expect(throws: FileError("the file is empty", path: folder("empty"))) {
      try InputFile.bytes(of: folder("empty"))
    }
    #expect(try InputFile.bytes(of: folder("empty"), allowEmpty: true) == [])
    #expect(throws: FileError("expected UTF-8 text", path: folder("binary"))) {
      try InputFile.text(of: folder("binary"))
    }
  }

  @Test func aCircleOfLinksIsNoFile() throws {
    try FileManager.default.createSymbolicLink(atPath: folder("a"), withDestinationPath: "b")
    try FileManager.default.createSymbolicLink(atPath: folder("b"), withDestinationPath: "a")
    #expect(throws: FileError.self) { try InputFile.bytes(of: folder("a")) }
  }
}
