import Clients
import PrefixTree

// Ends, by themselves or not.
extension ProgramServer {
  /// Ends a stream whose program has ended.
  func end(_ number: Int, _ ending: ProgramEnding) {
    guard let run = live[number] else { return }
    let end = now()
    run.continuation.yield(
      .end(
        ProgramReport(
          ending: ending, promptTokens: run.promptTokens, cachedTokens: run.cachedTokens,
          generatedTokens: run.generatedCount, queueTime: (run.begin ?? end) - run.submission,
          totalTime: end - run.submission, preemptions: run.preemptions)))
    run.continuation.finish()
    totals[run.request.model, default: Totals()].endedRuns += 1
    remove(number)
  }

  /// Ends a stream that nothing more comes of.
  func end(_ number: Int, throwing error: ProgramServingError) {
    guard let run = live[number] else { return }
    run.continuation.finish(throwing: error)
    leave(number)
  }

  /// Ends the runs that have waited too long to begin. Those that have begun and wait to begin again are no such runs.
  ///
  /// While any wait, slices end all the time, and this is asked then.
  func endOverdue() {
    guard let timeout = configuration.queueTimeout, !waiting.isEmpty else { return }
    let time = now()
    guard time >= nextTimeout else { return }
    nextTimeout = time + timeout
    for (number, run) in live where run.begin == nil {
      if time - run.submission >= timeout {
        end(number, throwing: ProgramServingError(.timedOut, "the request waited too long"))
      } else {
        nextTimeout = min(nextTimeout, run.submission + timeout)
      }
    }
  }

  /// Ends a run whose stream nobody reads any more.
  func cancel(_ number: Int) {
    leave(number)
    pump()
  }

  /// Takes a run out wherever it is; one that is being computed as soon as its slice has ended.
  private func leave(_ number: Int) {
    guard let run = live[number] else { return }
    waiting.remove(number, of: run.request.client)
    ready.remove(number, of: run.request.client)
    for job in jobs.keys { leave(number, job: job) }
    guard run.isComputing else { return remove(number) }
    live[number]?.isCancelled = true
    run.work?.cancel()
  }

  /// Takes a run out of those that wait for a job, and the job too when nobody waits for it any more.
  private func leave(_ number: Int, job: Int) {
    jobs[job]?.waiters.removeAll { $0 == number }
    guard var idle = jobs[job], idle.waiters.isEmpty, !idle.isComputing else { return }
    ready.remove(job, of: idle.client)
    release(&idle)
    jobs[job] = nil
  }

  /// Frees what a job has that is none any more.
  func release(_ job: inout TrunkJob) {
    cache.release(&job.sequence)
    isTight = false
  }

  /// Frees what a run has.
  func remove(_ number: Int) {
    guard var run = live.removeValue(forKey: number) else { return }
    if run.rank != nil { begunCount -= 1 }
    cache.release(&run.sequence)
    isTight = false
  }
}

// What is done when memory runs out.
extension ProgramServer {
  /// Finds memory for what has none for its next slice: what began last of all that is not being computed, itself perhaps, gives
  /// its own to others and begins again later. Nothing begins before something has ended, and what is left alone ends.
  func makeRoom(for number: Int, rank: Int, client: Client) {
    let last = lastIdle()
    guard let last, last.rank > rank else { return giveUp(number, rank: rank, client: client) }
    preempt(last.number)
    ready.prepend(number, of: client)
  }

  /// The run or job that began last of those that have memory and are not being computed.
  private func lastIdle() -> (number: Int, rank: Int)? {
    let runs = live.filter { !$0.value.isComputing && $0.value.work != nil }.map { ($0.key, $0.value.rank ?? 0) }
    let jobs = jobs.filter { !$0.value.isComputing }.map { ($0.key, $0.value.rank) }
    return (runs + jobs).max { $0.1 < $1.1 }.map { (number: $0.0, rank: $0.1) }
  }

  /// Lets what has no memory wait until others have ended; ends it when there are none: a run that has written something as at
  /// its limit of tokens, with what it has printed.
  private func giveUp(_ number: Int, rank: Int, client: Client) {
    let others = live.filter { $0.key != number && $0.value.work != nil }.count + jobs.keys.count { $0 != number }
    guard others == 0 else { return preempt(number) }
    if let run = live[number], run.generatedCount > 0 { return end(number, .limit) }
    let error = ProgramServingError(.tooLarge, "the run takes more memory than there is")
    let waiters = jobs[number]?.waiters ?? [number]
    for waiter in waiters { end(waiter, throwing: error) }
  }

  /// Takes the memory of a run, or of a job with those who wait for it; they begin again before others.
  private func preempt(_ number: Int) {
    isTight = true
    if var job = jobs.removeValue(forKey: number) {
      ready.remove(number, of: job.client)
      cache.release(&job.sequence)
      for waiter in job.waiters.reversed() { restart(waiter) }
    } else {
      restart(number)
    }
  }

  private func restart(_ number: Int) {
    guard var run = live.removeValue(forKey: number) else { return }
    ready.remove(number, of: run.request.client)
    cache.release(&run.sequence)
    run.restart()
    begunCount -= 1
    totals[run.request.model, default: Totals()].preemptions += 1
    live[number] = run
    waiting.prepend(number, of: run.request.client)
  }
}
