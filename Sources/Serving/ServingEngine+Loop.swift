import Batching
import Dispatch
import LanguageModel
import Synchronization

extension ServingEngine {
  /// What came of one piece of work.
  private enum Outcome: Sendable {
    case computed
    case chosen(ChosenToken)
    case failed(any Error)
  }

  /// Makes sure that somebody computes.
  func startLoop() {
    guard loop == nil else { return }
    loop = Task(executorPreference: thread) { await self.run() }
  }

  /// Computes step after step until no request is left.
  ///
  /// The engine can be asked for other things while a step is computed: pages that a request gives up meanwhile are not given
  /// to others before the next one is planned.
  private func run() async {
    var events: [BatchEvent] = []
    while true {
      if let deadline, now() >= deadline { endAll(ServingError(.closed, "the server stops")) }
      let plan = scheduler.step(after: events, at: now())
      note(plan)
      guard !plan.work.isEmpty else {
        loop = nil
        return
      }
      let choosers = plan.work.map { live[$0.request]?.chooser }
      let outcomes = await Self.compute(plan, with: computer, choosers)
      events = zip(plan.work, outcomes).compactMap { deliver($1, for: $0.request) }
    }
  }

  /// Computes a plan and chooses tokens, away from the actor.
  @concurrent private static func compute(
    _ plan: StepPlan, with computer: any StepComputer, _ choosers: [TokenChooser?]
  ) async -> [Outcome] {
    let logits: [[Float]]
    do {
      logits = try computer.compute(plan)
    } catch {
      return plan.work.map { _ in .failed(ServingError(.failed, error.message)) }
    }
    var rest = logits[...]
    let rows = plan.work.map { $0.choosesToken ? rest.popFirst() : nil }
    let outcomes = Mutex([Outcome](repeating: .computed, count: rows.count))
    // Looking through a large vocabulary takes long enough to share it out.
    DispatchQueue.concurrentPerform(iterations: rows.count) { index in
      guard let row = rows[index], let chooser = choosers[index] else { return }
      let outcome = choose(row, with: chooser)
      outcomes.withLock { $0[index] = outcome }
    }
    return outcomes.withLock { $0 }
  }

  private static func choose(_ logits: [Float], with chooser: TokenChooser) -> Outcome {
    do {
      return .chosen(try chooser.choose(logits))
    } catch let error as LanguageModelError {
      return .failed(ServingError(.failed, error.message))
    } catch {
      return .failed(error)
    }
  }

  /// Tells the requests what the next step means for them.
  private func note(_ plan: StepPlan) {
    for admission in plan.admitted where live[admission.request]?.begin == nil {
      live[admission.request]?.begin = now()
      live[admission.request]?.info.cachedTokens = admission.cachedTokens
      live[admission.request]?.continuation.yield(.begun(cachedTokens: admission.cachedTokens))
    }
    for id in plan.preempted { live[id]?.info.preemptions += 1 }
    for ending in plan.ended {
      switch ending.reason {
      case .length: end(ending.request, .length)
      case .timedOut: end(ending.request, throwing: ServingError(.timedOut, "the request waited too long"))
      }
    }
  }

  /// Passes a token on; what the scheduler has to know, nothing when the request has ended meanwhile.
  private func deliver(_ outcome: Outcome, for id: RequestID) -> BatchEvent? {
    guard let request = live[id] else { return nil }
    switch outcome {
    case .computed:
      return .computed(id, token: nil)
    case .chosen(let chosen):
      if request.firstToken == nil { live[id]?.firstToken = now() }
      guard !request.stopTokens.contains(chosen.token) else {
        end(id, .stop)
        return .finished(id)
      }
      live[id]?.info.generatedTokens += 1
      request.continuation.yield(.token(chosen))
      return .computed(id, token: chosen.token)
    case .failed(let error):
      end(id, throwing: error)
      return nil
    }
  }

  /// Ends a stream whose text is complete.
  private func end(_ id: RequestID, _ reason: ServedInfo.StopReason) {
    guard let request = live.removeValue(forKey: id) else { return }
    var info = request.info
    let end = now()
    info.stopReason = reason
    info.queueTime = (request.begin ?? end) - request.submission
    info.timeToFirstToken = (request.firstToken ?? end) - request.submission
    info.totalTime = end - request.submission
    request.continuation.yield(.end(info))
    request.continuation.finish()
  }

  /// Ends all requests.
  private func endAll(_ error: ServingError) {
    for id in live.keys { end(id, throwing: error) }
  }

  /// Ends a request that nothing more comes of, and frees its pages.
  func end(_ id: RequestID, throwing error: any Error) {
    scheduler.cancel(id)
    live.removeValue(forKey: id)?.continuation.finish(throwing: error)
  }
}
