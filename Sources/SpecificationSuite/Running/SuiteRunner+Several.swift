import Dispatch
import Synchronization

extension SuiteRunner {
  /// Runs scripts, several at once, and hands the reports over in the order of the scripts.
  ///
  /// - Parameters:
  ///   - threads: how many scripts are run at once.
  ///   - receive: gets one report after another on the caller's thread, each as soon as all before it have come.
  public func run(
    _ scripts: [SpecificationScript], atOnce threads: Int, _ receive: (ScriptReport) throws -> Void
  ) rethrows {
    let work = SharedScripts(scripts)
    let queue = DispatchQueue(label: "scripts", attributes: .concurrent)
    for _ in 0..<min(max(threads, 1), scripts.count) {
      queue.async {
        while let index = work.next() { work.complete(index, run(scripts[index])) }
      }
    }
    // Whoever does not want the rest does not wait for it either.
    defer { work.stop() }
    for index in scripts.indices { try receive(work.report(at: index)) }
  }
}

/// Scripts that threads take one after another, and the reports about them.
private final class SharedScripts: Sendable {
  private let scripts: [SpecificationScript]
  private let rest: Mutex<Range<Int>>
  private let reports: Mutex<[Int: ScriptReport]>
  /// For each script one that is signalled when its report is there.
  private let completions: [DispatchSemaphore]

  init(_ scripts: [SpecificationScript]) {
    self.scripts = scripts
    rest = Mutex(scripts.indices)
    reports = Mutex([:])
    completions = scripts.map { _ in DispatchSemaphore(value: 0) }
  }

  func next() -> Int? { rest.withLock { $0.popFirst() } }

  func complete(_ index: Int, _ report: ScriptReport) {
    reports.withLock { $0[index] = report }
    completions[index].signal()
  }

  /// Waits for the report about a script.
  func report(at index: Int) -> ScriptReport {
    completions[index].wait()
    if let report = reports.withLock({ $0.removeValue(forKey: index) }) { return report }
    var lost = ScriptReport(file: scripts[index].file)
    for command in scripts[index].commands { lost.append(command, .failed("expected a report, found none")) }
    return lost
  }

  /// Lets no more scripts be begun.
  func stop() { rest.withLock { $0 = $0.endIndex..<$0.endIndex } }
}
