import Foundation
import WebAssembly

/// A case in which machines differ, made as small as it gets.
package struct ModuleFailure {
  /// From which the case was made.
  package let seed: UInt64
  package let original: ModuleCase
  package let shrunk: ModuleCase
  package let difference: ModuleDifference
  private let comparison: ModuleComparison

  /// Shrinks a case, as long as it differs in the same way.
  init(_ subject: ModuleCase, seed: UInt64, _ difference: ModuleDifference, _ comparison: ModuleComparison) {
    var last = difference
    var shrinker = ModuleShrinker(subject) { candidate in
      guard let found = try? comparison.verdicts(on: [candidate]).first?.difference, found.kind == difference.kind
      else { return false }
      last = found
      return true
    }
    shrinker.run()
    self.seed = seed
    original = subject
    shrunk = shrinker.best
    self.difference = last
    self.comparison = comparison
  }

  /// The difference, how it came about, and the small case.
  ///
  /// - Parameter explained: the model that was judged, if one was.
  package func report(by explained: ExplainedModel?) -> String {
    var lines = [
      "seed \(seed): \(difference)",
      "shrunk from \(original.instructionCount) instructions and \(original.calls.count) calls to"
        + " \(shrunk.instructionCount) and \(shrunk.calls.count)",
    ]
    if let position = difference.position {
      do {
        lines += try shrunk.explanation(ofTokenAt: position, by: explained)
      } catch {
        lines.append("no explanation: \(error)")
      }
    }
    return (lines + [""] + shrunk.lines + [""]).joined(separator: "\n")
  }

  /// The small module in the binary format.
  package var module: [UInt8] { shrunk.module.encoded() }

  /// The small case's calls as a script of the official test suite.
  ///
  /// - Parameter filename: of the module, beside the script.
  /// - Throws: ``FuzzingError`` when node gives no answer.
  package func script(filename: String) throws -> [UInt8] {
    let outcomes = (try? comparison.expectedOutcomes(of: shrunk)) ?? []
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(CaseScript(shrunk, filename: filename, outcomes: outcomes)))
  }
}
