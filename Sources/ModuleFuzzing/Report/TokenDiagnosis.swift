import GraphFuzzing
import InstructionSet
import ProgramCompiler
import Reference
package import Scheduler
package import Transformer
package import TransformerVM

/// A machine's graph, its schedule and the weights that were made of them: what a wrong token is explained by.
package struct ExplainedModel {
  let machine: VirtualMachine
  let schedule: Schedule
  let model: TransformerModel

  package init(_ machine: VirtualMachine, _ schedule: Schedule, _ model: TransformerModel) {
    self.machine = machine
    self.schedule = schedule
    self.model = model
  }
}

extension ModuleCase {
  /// What rounding may do to numbers of which no more is asked, in proportion.
  private static let rounding = 1e-9

  /// How a wrong token came about: which instruction was to write it, the first number in the model that is not the graph's, with
  /// what the head read if it is a head's, and what all heads read by the graph before the token.
  ///
  /// - Parameters:
  ///   - position: where the token stands.
  ///   - explained: the model that wrote it; only the instruction is told without one.
  /// - Throws: what keeps the case from being executed again.
  func explanation(ofTokenAt position: Int, by explained: ExplainedModel?) throws -> [String] {
    guard let compiled = PreparedModule(module).compiled else { return [] }
    let log = InstructionLog(compiled.program)
    let run = ModuleRun(calls, of: compiled, on: log, limit: position, keepsTokens: true)
    let prompt = compiled.program.prompt
    let tokens = Array((prompt + run.tokens).prefix(position))
    var lines = [Self.line(of: log.instructions, at: position - prompt.count, in: compiled.program)]
    guard let explained else { return lines }
    let ids = try explained.machine.vocabulary.ids(of: tokens).map(Int.init)
    func name(_ position: Int) -> String { tokens.indices.contains(position) ? tokens[position].text : "?" }
    let comparison = try StreamComparison(explained.machine.graph, explained.schedule, explained.model)
    if let difference = try comparison.firstDifference(reading: ids, tolerance: Self.rounding) {
      lines.append(difference.text(name, token: explained.machine.vocabulary.text))
    } else {
      lines.append("the weights are right: every number is the graph's, and so is every token up to here")
    }
    lines += ["", "By the graph, at position \(position - 1) (\(name(position - 1))):"]
    return try lines + comparison.readings(atEndOf: ids, name)
  }

  private static func line(of instructions: [Int?], at index: Int, in program: FullProgram) -> String {
    guard instructions.indices.contains(index), let number = instructions[index] else {
      return "no instruction writes this token: the trace has ended, or the host writes it"
    }
    let instruction = program.instructions[number]
    return "instruction \(number): \(instruction.opcode.rawValue) \(Int32(bitPattern: instruction.immediate))"
  }
}
