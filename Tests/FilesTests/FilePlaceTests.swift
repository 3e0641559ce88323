import Files
import Foundation
import Testing

@Suite struct FilePlaceTests {
  /// Both before there is a file and when it is there.
  @Test func aFileIsTheSameUnderAllItsNames() throws {
    let folder = try Folder()
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder("self"), withDestinationPath: ".")
    try files.createSymbolicLink(atPath: folder("link"), withDestinationPath: "self/file")
    try files.createDirectory(atPath: folder("other"), withIntermediateDirectories: false)
    let names = ["file", "./file", "self/file", "self/self/file", "link", "other/../file"]
    for isThere in [false, true] {
      if isThere { try Data([1]).write(to: URL(fileURLWithPath: folder("file"))) }
      let place = try #require(FilePlace(of: folder("file")))
      for name in names { #expect(FilePlace(of: folder(name)) == place, "\(name), \(isThere)") }
      for name in ["files", "other/file", ".", "self/"] {
        #expect(FilePlace(of: folder(name)) != place, "\(name), \(isThere)")
      }
    }
    try files.linkItem(atPath: folder("file"), toPath: folder("second"))
    #expect(FilePlace(of: folder("second")) == FilePlace(of: folder("file")))
    #expect(FilePlace(of: folder("none/file")) == nil)
  }
}
