import ChatTemplate
import Foundation
import Tokenizer

/// The files beside the tests, and those outside of the repository that some tests use where they exist.
enum Fixture {
  /// The folder of this file; the tests may be reached through a link.
  private static let tests = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: tests.appendingPathComponent("Fixtures/\(name)")))
  }

  static func json(_ name: String) throws -> JSONValue { try JSONValue(parsing: bytes(name)) }

  static func tokenizer(_ name: String) throws -> Tokenizer {
    try Tokenizer(tokenizerJSON: bytes(name), path: name)
  }

  /// The folder with the tokenizer that Qwen3 has, nil where it is absent.
  static let qwen3: URL? = {
    let environment = ProcessInfo.processInfo.environment
    let root = tests.deletingLastPathComponent().deletingLastPathComponent()
    let folder =
      (environment["MILI_TOKENIZER"] ?? environment["TVM_TOKENIZER"]).map { URL(fileURLWithPath: $0) }
      ?? root.deletingLastPathComponent().appendingPathComponent("shared/tokenizer")
    let file = folder.appendingPathComponent("tokenizer.json").path
    return FileManager.default.fileExists(atPath: file) ? folder : nil
  }()

  /// What the tests that need Qwen3's tokenizer say when they are skipped.
  static let qwen3Comment = "needs ../shared/tokenizer or the folder that MILI_TOKENIZER names"
}

extension JSONValue {
  /// An array of integers.
  var integers: [Int]? { arrayValue?.compactMap(\.integerValue) }
}

/// Calls `body` with the UTF-8 of a string.
func withUTF8<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
  var text = text
  return try text.withUTF8(body)
}
