import Foundation

/// Turns HiGHS's callbacks into progress reports, on the thread that runs the solver, and interrupts it when it is late.
final class HighsListener {
  /// The callbacks listened to.
  enum Kind: Int32, CaseIterable {
    /// Asked while a linear program is solved: whether to go on.
    case simplexInterrupt = 1
    case interiorPointInterrupt = 2
    case improvingSolution = 4
    case log = 5
    /// Asked often in a mixed-integer run: whether to go on.
    case interrupt = 6
  }

  private let callbackItem: @convention(c) (UnsafeRawPointer?, UnsafePointer<CChar>) -> UnsafeRawPointer?
  private let columnCount: Int
  private let deadline: Date
  private let progress: (ScheduleProgress, [Double]?) -> Void
  private var lastReport: ScheduleProgress?

  init(
    callbackItem: @escaping @convention(c) (UnsafeRawPointer?, UnsafePointer<CChar>) -> UnsafeRawPointer?,
    columnCount: Int, deadline: Date, progress: @escaping (ScheduleProgress, [Double]?) -> Void
  ) {
    self.callbackItem = callbackItem
    self.columnCount = columnCount
    self.deadline = deadline
    self.progress = progress
  }

  static let callback: HighsLibrary.Callback = { kind, _, output, input, context in
    guard let context, let kind = Kind(rawValue: kind) else { return }
    let listener = Unmanaged<HighsListener>.fromOpaque(context).takeUnretainedValue()
    switch kind {
    case .simplexInterrupt, .interiorPointInterrupt: listener.interruptIfLate(input)
    case .interrupt:
      listener.interruptIfLate(input)
      if let output { listener.report(output, hasSolution: false) }
    case .improvingSolution, .log:
      if let output { listener.report(output, hasSolution: kind == .improvingSolution) }
    }
  }

  /// The first field of what a callback may answer is whether to stop.
  private func interruptIfLate(_ input: UnsafeMutableRawPointer?) {
    if deadline.timeIntervalSinceNow < 0 { input?.storeBytes(of: 1, as: Int32.self) }
  }

  private func report(_ output: UnsafeRawPointer, hasSolution: Bool) {
    guard let best = item("mip_primal_bound", output), let bound = item("mip_dual_bound", output),
      let seconds = item("running_time", output)
    else { return }
    let report = ScheduleProgress(halfWidth: best, halfBound: bound, seconds: seconds)
    if !hasSolution, let last = lastReport, last.best == report.best, last.bound == report.bound,
      seconds < last.seconds + 1
    {
      return
    }
    lastReport = report
    progress(report, hasSolution ? solution(output) : nil)
  }

  private func item(_ name: String, _ output: UnsafeRawPointer) -> Double? {
    callbackItem(output, name)?.loadUnaligned(as: Double.self)
  }

  private func solution(_ output: UnsafeRawPointer) -> [Double]? {
    guard let values = callbackItem(output, "mip_solution")?.assumingMemoryBound(to: Double.self) else { return nil }
    return Array(UnsafeBufferPointer(start: values, count: columnCount))
  }
}
