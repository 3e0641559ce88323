import Foundation
import Testing

/// The wrong versions of `Tests/LanguageModelMutants` still fit the sources; `run.py` there checks that tests notice them.
@Suite struct MutantTests {
  private struct Mutant: Decodable {
    var tests: [String]
    var changes: [Change]
  }

  private struct Change: Decodable {
    var file: String
    var find: Lines
    var replace: Lines
  }

  /// A text in JSON: a string, or an array with a string for each line.
  private struct Lines: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let line = try? container.decode(String.self) {
        text = line
      } else {
        text = try container.decode([String].self).joined(separator: "\n")
      }
    }
  }

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func mutants() throws -> [String: Mutant] {
    let file = Self.repository.appending(path: "Tests/LanguageModelMutants/mutants.json")
    let mutants = try JSONDecoder().decode([String: Mutant].self, from: Data(contentsOf: file))
    try #require(!mutants.isEmpty)
    return mutants
  }

  @Test func everyChangeFitsItsFileOnce() throws {
    for (name, mutant) in try mutants() {
      #expect(!mutant.tests.isEmpty && !mutant.changes.isEmpty, "\(name)")
      for change in mutant.changes {
        let source = try String(
          contentsOf: Self.repository.appending(path: "Sources/\(change.file)"), encoding: .utf8)
        #expect(source.ranges(of: change.find.text).count == 1, "\(name): \(change.find.text)")
        #expect(change.find.text != change.replace.text, "\(name)")
      }
    }
  }

  @Test func theTestsThatMustNoticeThemExist() throws {
    for (name, mutant) in try mutants() {
      for suite in mutant.tests {
        let found = ["KernelsTests", "LanguageModelTests"].contains { module in
          FileManager.default.fileExists(atPath: Self.repository.appending(path: "Tests/\(module)/\(suite).swift").path)
        }
        #expect(found, "\(name): \(suite)")
      }
    }
  }
}
