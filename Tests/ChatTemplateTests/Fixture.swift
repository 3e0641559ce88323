import ChatTemplate
import Foundation

/// The files beside the tests, and those outside of the repository that some tests use where they exist.
enum Fixture {
  /// The folder of this file; the tests may be reached through a link.
  private static let tests = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()

  static func text(_ name: String) throws -> String {
    try String(contentsOf: tests.appendingPathComponent("Fixtures/\(name)"), encoding: .utf8)
  }

  static func json(_ name: String) throws -> JSONValue { try JSONValue(parsing: text(name)) }

  /// Qwen3's own template, nil where the folder with it is absent.
  static let qwen3: String? = {
    let environment = ProcessInfo.processInfo.environment
    let root = tests.deletingLastPathComponent().deletingLastPathComponent()
    let folder =
      (environment["MILI_TOKENIZER"] ?? environment["TVM_TOKENIZER"]).map { URL(fileURLWithPath: $0) }
      ?? root.deletingLastPathComponent().appendingPathComponent("shared/tokenizer")
    return try? String(contentsOf: folder.appendingPathComponent("chat_template.jinja"), encoding: .utf8)
  }()

  /// What the tests that need Qwen3's template say when they are skipped.
  static let qwen3Comment =
    "needs chat_template.jinja in ../shared/tokenizer or in the folder that MILI_TOKENIZER names"

  /// A template's text for a context, or the error.
  static func render(
    _ template: String, _ context: JSONObject = [:], budget: Budget = .standard
  ) -> Result<String, ChatTemplateError> {
    Result { () throws(ChatTemplateError) in
      try ChatTemplate(template).render(context: context, now: Date(), budget: budget)
    }
  }
}
