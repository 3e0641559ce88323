import ArgumentParser
import CommandOutput
import InstructionSet
import TransformerVM

/// `tvm reference` for the full profile.
struct FullReference {
  let screen: ProgramScreen
  let trace: String?
  let json: Bool

  /// Executes a module and shows what it prints.
  ///
  /// - Throws: `ExitCode` as `tvm run` does.
  func run(_ module: ModuleProgram, host: RunHost, maximumTokens: Int) throws {
    let vocabulary = MachineVocabulary(FullVocabulary())
    let program = MachineProgram.full(module)
    var reference = try ReferenceTrace(of: program, vocabulary: vocabulary, host: host, maximumTokens: maximumTokens)
    var file = TraceFile(vocabulary)
    if trace != nil { for id in try program.prompt(for: vocabulary) { file.append(Int(id)) } }
    var (tokens, instructions, last) = (0, 0, 0)
    var (output, shown): ([UInt8], Int) = ([], 0)
    while let id = try reference.next() {
      last = Int(id)
      tokens += 1
      if vocabulary.endsInstruction(last) { instructions += 1 }
      if trace != nil { file.append(last) }
      if let byte = vocabulary.printedByte(of: last) { output.append(byte) }
      if !json, output.count > shown, output.last == UInt8(ascii: "\n") || vocabulary.stops(at: last) {
        try screen.write(Array(output[shown...]))
        shown = output.count
      }
    }
    if !json { try screen.write(Array(output[shown...])) }
    screen.endLine()
    if let trace { try file.write(to: trace) }
    let trap = vocabulary.trap(at: last)
    let hasEnded = reference.exitCode != nil || vocabulary.stops(at: last)
    let report = ReferenceReport(
      output: output, status: trap != nil ? "trap" : hasEnded ? "halted" : "limit", tokens: tokens,
      instructions: instructions, detail: trap?.message)
    if json {
      try Terminal.print(JSONLine.encode(report))
    } else {
      Terminal.report(
        "\(Numbers.grouped(tokens)) tokens, \(Numbers.grouped(instructions)) instructions"
          + (trap.map { ", trap: \($0.message)" } ?? ""))
    }
    if trap != nil { throw ExitCode(ProgramRunner.abortStatus) }
    if !hasEnded { throw ExitCode(1) }
    if let code = reference.exitCode, code != 0 { throw ExitCode(Int32(truncatingIfNeeded: code & 0xff)) }
  }
}
