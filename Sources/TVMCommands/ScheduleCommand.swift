import ArgumentParser
import CommandOutput
import Files
import Scheduler
import TransformerVM

/// `tvm schedule`
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Finds the layer and phase of every operation of a universal machine that make d_model smallest.",
    discussion: """
      HiGHS is found as libhighs on the system, from Homebrew, in the PyPI package highsbox, or where TVM_HIGHS says.

      Example: tvm schedule --solver list
      Example: tvm schedule --solver highs --max-layers 7 -o plan.yaml
      Example: tvm schedule --machine full --solver list --time-limit 5 -o full.yaml
      Example: tvm schedule --machine full --specialized --solver list --time-limit 5 -o full_specialized.yaml
      """)

  @OptionGroup var machine: MachineOption

  @Flag(help: "The machine with a program in its weights; that of the full profile has one schedule for all programs.")
  var specialized = false

  @OptionGroup var search: ScheduleOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to write the plan; standard output otherwise.", valueName: "file"))
  var output: String?

  @Flag(help: "Print one JSON object about the schedule instead of the plan.")
  var json = false

  func validate() throws {
    if specialized && machine.profile == .base {
      throw ValidationError(
        "--specialized: expected --machine full; in the base profile the schedule depends on the program")
    }
  }

  func run() throws {
    // The search may take an hour.
    if let output { try OutputFile.check(output) }
    let machine =
      try specialized
      ? Pipeline.machine(specializedTo: .shortest) : Pipeline.universalMachine(self.machine.profile)
    let graph = machine.graph
    let profile = machine.profile
    let options = search.options(
      solver: .highs, timeLimit: 3600, layers: specialized ? profile.specializedLayerCount : profile.layerCount)
    let solution = try ScheduleSearch(for: graph, options: options).run(progress: ScheduleOptions.show)
    Terminal.clearStatus()
    let plan = Plan(solution, for: graph)
    if let output {
      try OutputFile.write(plan.text.utf8, to: output)
    } else if !json {
      try Terminal.print(plan.text)
    }
    let schedule = solution.schedule
    // After a change to the graph the plan that ships does not fit it until it is solved again, which is this command's task.
    let shipped = try? Pipeline.shippedSchedule(for: machine)
    if json {
      return try Terminal.print(JSONLine.encode(ScheduleReport(solution, isShipped: shipped.map { $0 == schedule })))
    }
    Terminal.report(
      "d_model \(schedule.modelWidth), \(schedule.layerCount) layers, \(solution.planStatus), \(solution.solver), "
        + "\(Numbers.decimal(solution.seconds, places: 1)) s")
    if options.solver != .list, let shipped, schedule.modelWidth == shipped.modelWidth, schedule != shipped {
      Terminal.report("another schedule than the one that ships, of the same width")
    }
  }
}
