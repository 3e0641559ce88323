import ArgumentParser
import Scheduler
import TransformerVM

/// `tvm specialize`
struct SpecializeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "specialize",
    abstract: "Bakes a program into the weights of a model of its own (the first Futamura projection).",
    discussion: """
      The model takes only an input: tvm run --model FILE --input TEXT. A .safetensors file carries the program's text for the \
      comparison with the reference interpreter; a .bin file has no place for it.

      Example: tvm specialize collatz.c -o collatz.safetensors
      """)

  @Argument(help: "A .c, .wasm or .txt file, or the name of an example.")
  var program: String

  @OptionGroup var input: InputOption

  @OptionGroup var search: ScheduleOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write: .bin or .safetensors.", valueName: "file"))
  var output: String

  func run() throws {
    let program = try ProgramSource(self.program).program(input: try input.bytes())
    let specialization = try Specialization(
      of: program, options: search.options(solver: .list, timeLimit: 30), progress: ScheduleOptions.show)
    Terminal.clearStatus()
    try specialization.model.write(toFile: output)
    let (model, solution) = (specialization.model, specialization.solution)
    Terminal.report(
      "\(output): \(Numbers.grouped(program.instructions.count)) instructions in \(model.layers.count) layers, "
        + "d_model \(model.modelWidth), d_ffn \(Numbers.grouped(model.feedForwardWidth)), schedule \(solution.status) by "
        + "\(solution.solver) in \(Numbers.decimal(solution.seconds, places: 1)) s")
  }
}
