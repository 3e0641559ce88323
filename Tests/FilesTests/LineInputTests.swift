import Files
import Foundation
import Testing

@Suite struct LineInputTests {
  /// The lines that come from some bytes, which are written in pieces.
  private func lines(_ pieces: [String], limit: Int = 100) throws -> [String] {
    let pipe = Pipe()
    let writer = Thread {
      for piece in pieces { try? pipe.fileHandleForWriting.write(contentsOf: Data(piece.utf8)) }
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let input = LineInput(pipe.fileHandleForReading.fileDescriptor, path: "pipe", limit: limit)
    var lines: [String] = []
    while let line = try input.next() { lines.append(line) }
    #expect(try input.next() == nil)
    return lines
  }

  @Test func linesAreWhatNewlinesDivide() throws {
    #expect(try lines([]) == [])
    #expect(try lines(["\n"]) == [""])
    #expect(try lines(["a\n\nb\r\nc"]) == ["a", "", "b", "c"])
    #expect(try lines(["a", "b", "\nc\n", "d\n"]) == ["ab", "c", "d"])
    let long = String(repeating: "x", count: 200_000)
    #expect(try lines([long, "\n", long], limit: 1 << 20) == [long, long])
  }

  @Test func aLineThatIsTooLongIsAnError() {
    #expect(throws: FileError.self) { try lines([String(repeating: "x", count: 101)]) }
    #expect(throws: FileError.self) { try lines(["short\n", String(repeating: "x", count: 101)]) }
  }

  @Test func whatCannotBeReadIsAnError() {
    let folder = open("/", O_RDONLY)
    defer { close(folder) }
    #expect(throws: FileError.self) { try LineInput(folder).next() }
  }
}
