import GraphFuzzing
import ModuleFuzzing
import WebAssembly

/// What `tvm fuzz` prints.
struct FuzzReport: Encodable {
  private(set) var modules: Int?
  private(set) var calls: Int?
  private(set) var traps: Int?
  /// Modules whose comparison ended where a stack was exhausted.
  private(set) var abandoned: Int?
  private(set) var tokens: Int?
  /// How often each instruction stands in the modules.
  private(set) var opcodes: [String: Int]?
  private(set) var graphs: Int?
  private(set) var operations: Int?
  /// What was found, on one line.
  var difference: String?
  /// Where it was written.
  var files: [String] = []

  init(_ statistics: FuzzStatistics) {
    modules = statistics.modules
    calls = statistics.calls
    traps = statistics.traps
    abandoned = statistics.abandoned
    tokens = statistics.tokens
    opcodes = statistics.opcodes
  }

  init(_ fuzzer: GraphFuzzer) {
    graphs = fuzzer.graphs
    operations = fuzzer.operations
  }

  /// The same for a person: a line, and where there is more to read.
  var text: String {
    let parts = [
      modules.map { "\(Numbers.grouped($0)) modules" }, opcodes.map { "\($0.count) opcodes" },
      calls.map { "\(Numbers.grouped($0)) calls (\(Numbers.grouped(traps ?? 0)) traps)" },
      tokens.map { "\(Numbers.grouped($0)) tokens" }, graphs.map { "\(Numbers.grouped($0)) graphs" },
      operations.map { "\(Numbers.grouped($0)) operations" },
    ]
    let summary = parts.compactMap { $0 }.joined(separator: ", ")
    guard let difference else { return summary + ": no differences" }
    return ([summary, difference] + files).joined(separator: "\n")
  }
}
