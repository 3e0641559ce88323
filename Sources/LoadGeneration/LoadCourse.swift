import Synchronization

/// A load on its way: what its requests share.
final class LoadCourse: Sendable {
  /// The time since the load began.
  let now: @Sendable () -> Duration
  private let plan: LoadPlan
  private let client: LoadClient
  private let onProgress: @Sendable (LoadRun.Progress) -> Void
  private let progress = Mutex(LoadRun.Progress())

  /// Begins.
  init(
    _ plan: LoadPlan, to target: LoadTarget, now: @escaping @Sendable () -> Duration,
    _ onProgress: @escaping @Sendable (LoadRun.Progress) -> Void
  ) {
    self.now = now
    self.plan = plan
    self.onProgress = onProgress
    client = LoadClient(target, now: now)
  }

  /// Sends one of the plan's requests, and reads its answer.
  func send(_ number: Int) async -> RequestRecord {
    let request = plan.requests[number]
    note { $0.sent += 1 }
    let record = await client.run(request, due: request.arrival ?? now())
    note { progress in
      progress.ended += 1
      if record.failure != nil { progress.failed += 1 }
    }
    return record
  }

  /// Closes the connections, when all requests have ended.
  func close() {
    client.close()
  }

  private func note(_ change: (inout LoadRun.Progress) -> Void) {
    progress.withLock { progress in
      change(&progress)
      progress.time = now()
      onProgress(progress)
    }
  }
}
