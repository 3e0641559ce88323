public import ArgumentParser
import CommandOutput
public import Scheduler

/// The options of the search for a schedule.
struct ScheduleOptions: ParsableArguments {
  @Option(
    help:
      "Who searches: highs (HiGHS, a shared library), cbc (its executable) or list (built in). By default highs for 'tvm schedule', list for 'tvm specialize'."
  )
  var solver: ScheduleSolver?

  @Option(help: ArgumentHelp("The greatest number of layers.", valueName: "n"))
  var maxLayers: Int?

  @Option(help: ArgumentHelp("The greatest number of neurons in a layer.", valueName: "n"))
  var maxFfn: Int?

  @Option(help: "When a freed slot is filled again: in the same half-layer (immediate) or one later (delayed).")
  var reuse: ReuseRule = .immediate

  @Option(
    help: ArgumentHelp(
      "Seconds after which the best schedule so far is taken; by default 3600 for 'tvm schedule', 30 for 'tvm specialize'.",
      valueName: "s"))
  var timeLimit: Double?

  func validate() throws {
    if let maxLayers, !(1...1000).contains(maxLayers) {
      throw ValidationError("--max-layers: expected 1 to 1000, found \(maxLayers)")
    }
    if let maxFfn, maxFfn < 1 { throw ValidationError("--max-ffn: expected at least 1, found \(maxFfn)") }
    if let timeLimit, !(timeLimit > 0) {
      throw ValidationError("--time-limit: expected more than 0, found \(timeLimit)")
    }
  }

  /// Whether the user says nothing.
  var isDefault: Bool {
    solver == nil && maxLayers == nil && maxFfn == nil && reuse == .immediate && timeLimit == nil
  }

  /// The options for the search, with what holds where the user says nothing.
  func options(solver: ScheduleSolver, timeLimit: Double, layers: Int? = nil) -> SchedulingOptions {
    SchedulingOptions(
      solver: self.solver ?? solver, reuse: reuse, maxLayers: maxLayers ?? (maxFfn == nil ? layers : nil),
      maxFeedForward: maxFfn,
      timeLimit: self.timeLimit ?? timeLimit)
  }

  /// One line about how far the search is.
  static func show(_ progress: ScheduleProgress) {
    let best = progress.best.map { "d_model \($0)" } ?? "no schedule yet"
    let bound = progress.bound.map { ", none below \($0)" } ?? ""
    let gap = progress.gap.map { ", gap \(Numbers.decimal(100 * $0, places: 0)) %" } ?? ""
    Terminal.showStatus("\(best)\(bound)\(gap), \(Numbers.decimal(progress.seconds, places: 1)) s")
  }
}

extension ScheduleSolver: ExpressibleByArgument {}
extension ReuseRule: ExpressibleByArgument {}
