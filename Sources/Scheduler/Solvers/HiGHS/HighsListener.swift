/// Turns HiGHS's callbacks into progress reports, on the thread that runs the solver.
final class HighsListener {
  /// A better solution, a line of the log of a mixed-integer run, and the question whether to go on, which comes often.
  static let kinds: [Int32] = [4, 5, 6]

  private let callbackItem: @convention(c) (UnsafeRawPointer?, UnsafePointer<CChar>) -> UnsafeRawPointer?
  private let progress: (ScheduleProgress) -> Void
  private var lastReport: ScheduleProgress?

  init(
    callbackItem: @escaping @convention(c) (UnsafeRawPointer?, UnsafePointer<CChar>) -> UnsafeRawPointer?,
    progress: @escaping (ScheduleProgress) -> Void
  ) {
    self.callbackItem = callbackItem
    self.progress = progress
  }

  static let callback: HighsLibrary.Callback = { _, _, output, _, context in
    guard let output, let context else { return }
    Unmanaged<HighsListener>.fromOpaque(context).takeUnretainedValue().report(output)
  }

  private func report(_ output: UnsafeRawPointer) {
    guard let best = item("mip_primal_bound", output), let bound = item("mip_dual_bound", output),
      let seconds = item("running_time", output)
    else { return }
    let report = ScheduleProgress(halfWidth: best, halfBound: bound, seconds: seconds)
    if let last = lastReport, last.best == report.best, last.bound == report.bound, seconds < last.seconds + 1 {
      return
    }
    lastReport = report
    progress(report)
  }

  private func item(_ name: String, _ output: UnsafeRawPointer) -> Double? {
    callbackItem(output, name)?.loadUnaligned(as: Double.self)
  }
}
