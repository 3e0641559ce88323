import ModuleExecution
import WebAssembly

/// What has been compared.
package struct FuzzStatistics: Sendable {
  package private(set) var modules = 0
  /// Calls that were carried out; instantiations are not among them.
  package private(set) var calls = 0
  /// Those of them that trapped.
  package private(set) var traps = 0
  /// Cases that were left when a stack was exhausted or a limit met.
  package private(set) var abandoned = 0
  /// What the machines that were judged wrote behind their prompts.
  package private(set) var tokens = 0
  /// How often each instruction stands in the modules.
  package private(set) var opcodes: [String: Int] = [:]

  package init() {}

  mutating func note(_ subject: ModuleCase, _ verdict: ModuleVerdict) {
    modules += 1
    calls += max(0, verdict.outcomes.count - 1)
    traps += verdict.outcomes.dropFirst().count { !$0.hasReturned }
    abandoned += verdict.outcomes.last?.mayBeFollowed == false ? 1 : 0
    tokens += verdict.tokenCount
    for instruction in subject.module.functions.flatMap(\.body) { opcodes[instruction.name, default: 0] += 1 }
  }
}
