import ArgumentParser
import CommandOutput
import Files
import Scheduler
import Transformer
import TransformerVM

/// `tvm specialize`
struct SpecializeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "specialize",
    abstract: "Bakes a program into the weights of a model of its own (the first Futamura projection).",
    discussion: """
      The model takes only an input: tvm run --model FILE --input TEXT. A .safetensors file carries the program's text for the \
      comparison with the reference interpreter; a .bin file has no place for it. The machine of the full profile needs no search \
      for a schedule: one ships that serves all programs.

      Example: tvm specialize collatz -o collatz.safetensors
      Example: tvm specialize sha256 --machine full -o sha256.safetensors
      """)

  @Argument(help: "A .c, .wasm or .txt file, or the name of an example.")
  var program: String

  @OptionGroup var input: InputOption

  @OptionGroup var machine: MachineOption

  @OptionGroup var search: ScheduleOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write: .bin or .safetensors.", valueName: "file"))
  var output: String

  @Flag(help: "Print one JSON object about what was written.")
  var json = false

  func run() throws {
    try TransformerModel.checkName(ofFile: output)
    try OutputFile.check(output)
    let program = try ProgramSource(self.program).program(for: machine.profile, input: try input.bytes())
    let specialization = try Specialization(
      of: program,
      options: machine.profile == .full && search.isDefault ? nil : search.options(solver: .list, timeLimit: 30),
      progress: ScheduleOptions.show)
    Terminal.clearStatus()
    try specialization.model.write(toFile: output)
    let report = SpecializationReport(file: output, specialization)
    if json { return try Terminal.print(JSONLine.encode(report)) }
    Terminal.report(
      "\(output): \(Numbers.grouped(report.instructions)) instructions in \(report.layers) layers, d_model "
        + "\(report.modelWidth), d_ffn \(Numbers.grouped(report.feedForwardWidth)), "
        + Self.story(of: specialization.solution))
  }

  private static func story(of solution: ScheduleSolution?) -> String {
    guard let solution else { return "schedule as it ships" }
    return "schedule \(solution.planStatus) by \(solution.solver) in \(Numbers.decimal(solution.seconds, places: 1)) s"
  }
}

/// What `tvm specialize --json` prints.
private struct SpecializationReport: Encodable {
  let file: String
  let instructions: Int
  let layers: Int
  let modelWidth: Int
  let feedForwardWidth: Int
  /// nil for the one that ships.
  let schedule: ScheduleReport?

  init(file: String, _ specialization: Specialization) {
    self.file = file
    instructions = specialization.program.instructionCount
    layers = specialization.model.layers.count
    modelWidth = specialization.model.modelWidth
    feedForwardWidth = specialization.model.feedForwardWidth
    schedule = specialization.solution.map { ScheduleReport($0) }
  }

  private enum CodingKeys: String, CodingKey {
    case file, instructions, layers, schedule
    case modelWidth = "d_model"
    case feedForwardWidth = "d_ffn"
  }
}
