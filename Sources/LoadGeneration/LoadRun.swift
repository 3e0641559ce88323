/// A load on a server.
package struct LoadRun: Sendable {
  /// How far it is.
  package struct Progress: Sendable {
    package var sent = 0
    package var ended = 0
    package var failed = 0
    /// Since the load began.
    package var time = Duration.zero
  }

  private let plan: LoadPlan
  private let target: LoadTarget
  private let clock: @Sendable () -> @Sendable () -> Duration

  /// The requests of a plan, to be sent to a server.
  ///
  /// - Parameter clock: called when the load begins; what it returns is the time since then.
  package init(
    _ plan: LoadPlan, to target: LoadTarget, clock: @escaping @Sendable () -> @Sendable () -> Duration = LoadRun.clock
  ) {
    self.plan = plan
    self.target = target
    self.clock = clock
  }

  /// The time since this was called.
  package static func clock() -> @Sendable () -> Duration {
    let start = ContinuousClock.now
    return { ContinuousClock.now - start }
  }

  /// Sends the requests when they are due, and returns when the last has ended.
  ///
  /// - Parameter onProgress: called whenever a request was sent or has ended, one call at a time.
  /// - Returns: what became of the requests, in their order.
  package func run(onProgress: @escaping @Sendable (Progress) -> Void = { _ in }) async -> [RequestRecord] {
    let course = LoadCourse(plan, to: target, now: clock(), onProgress)
    let records = await withTaskGroup(of: (Int, RequestRecord).self) { group in
      var records: [Int: RequestRecord] = [:]
      for number in plan.requests.indices {
        switch plan.arrival {
        case .rate:
          let wait = (plan.requests[number].arrival ?? .zero) - course.now()
          // Cancelled, what is left is sent at once.
          if wait > .zero { try? await Task.sleep(for: wait) }
        case .concurrency(let most):
          if number >= most, let (done, record) = await group.next() { records[done] = record }
        }
        group.addTask { (number, await course.send(number)) }
      }
      for await (number, record) in group { records[number] = record }
      return records
    }
    course.close()
    return plan.requests.indices.compactMap { records[$0] }
  }
}
