import ChatTemplate
import Foundation
import Grammar
import RandomNumbers
import TestSupport
import Testing

/// Documents written under grammars, given to Python's `jsonschema`, which shares nothing with what is tested.
struct PythonValidatorTests {
  /// Reads lines of `{"schema", "document"}`, the document as a text, and prints the numbers of those that are not valid.
  private static let program = """
    import json, sys, jsonschema
    for number, line in enumerate(open(sys.argv[1])):
        case = json.loads(line)
        validator = jsonschema.Draft202012Validator(case["schema"])
        if not validator.is_valid(json.loads(case["document"])): print(number)
    """

  private static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private static let hasValidator = (try? python(["-c", "import jsonschema"]).status) == 0

  @Test(.enabled(if: hasValidator, "needs python3 with jsonschema: pip install jsonschema"))
  func documentsAreValid() throws {
    var random = SplitMix64(stream: 77)
    let tokens = Vocabularies.random(600, &random)
    let vocabulary = TokenVocabulary(tokens: tokens, endTokens: [Vocabularies.end])
    let isLong = ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil
    var lines: [String] = []
    for index in 0..<(isLong ? 2_000 : 100) {
      var generator = RandomSchema(SplitMix64(stream: 50_000 + index))
      let schema = generator.schema()
      guard let grammar = try? TokenGrammar(schema: schema, vocabulary: vocabulary) else { continue }
      for _ in 0..<3 {
        guard let text = try UniformSampler(tokens: tokens).document(grammar, &random) else { continue }
        let document = JSONValue.string(String(decoding: text, as: UTF8.self))
        lines.append((["schema": schema, "document": document] as JSONValue).jsonText)
      }
    }
    try #require(lines.count > 100)
    let file = FileManager.default.temporaryDirectory.appending(path: "grammar-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    let (status, output) = try Self.python(["-c", Self.program, file.path])
    #expect(status == 0)
    for number in output.split(separator: "\n").compactMap({ Int($0) }) {
      Issue.record("seed \(SplitMix64.testSeed): \(lines[number])")
    }
  }
}
