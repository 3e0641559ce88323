import Clients
import PrefixTree
import TransformerVM

// Whose turn it is.
extension ProgramServer {
  /// Begins what may begin, and computes what there are threads for.
  func pump() {
    endOverdue()
    repeat {
      while mayBegin, let number = waiting.popFirst() { begin(number) }
      while computingCount < threads, let number = ready.popFirst() {
        if jobs[number] != nil { compute(job: number) } else { compute(run: number) }
      }
      // What found no memory may have ended just now.
    } while mayBegin && !waiting.isEmpty
    noteEnd()
  }

  private var mayBegin: Bool { !isTight && begunCount < configuration.maximumRunning }

  /// Lets a run go on from where its program has been read, or wait until it has.
  private func begin(_ number: Int) {
    guard var run = live.removeValue(forKey: number) else { return }
    begunCount += 1
    run.begin = run.begin ?? now()
    run.rank = makeNumber()
    defer { live[number] = run }
    let program = run.request.program
    if ProgramCache.trunkTokens(of: program).isEmpty {
      makeWork(&run, behind: 0) { program.executor.makePredictor() }
    } else if let fork = cache.fork(program, by: &run.sequence) {
      makeWork(&run, behind: fork.position) { fork.predictor }
      run.cachedTokens = max(run.cachedTokens, fork.position)
      totals[run.request.model, default: Totals()].cachedTokens += fork.position
    } else {
      return wait(number, for: run.request)
    }
    ready.append(number, of: run.request.client)
  }

  private func makeWork(
    _ run: inout LiveRun, behind position: Int, _ predictor: @escaping @Sendable () -> any TokenPredictor
  ) {
    let (request, vocabulary) = (run.request, run.request.program.executor.vocabulary)
    let rest = Array(request.program.prefix[position...]) + run.rest
    run.position = position
    run.work = RunWork(vocabulary, wantsTrace: request.streamsTrace) {
      ProgramSession(predictor(), position: position, rest: rest, vocabulary, request.environment)
    }
  }

  /// Puts a run among those that wait for a program to be read, and sees to it that somebody reads it.
  private func wait(_ number: Int, for request: ProgramRequest) {
    let (program, client) = (request.program, request.client)
    let namespace = program.namespace
    if let job = jobs.first(where: { $0.value.sequence.namespace == namespace })?.key {
      jobs[job]?.waiters.append(number)
      return
    }
    let job = makeNumber()
    jobs[job] = TrunkJob(
      program: program, work: TrunkWork(Array(ProgramCache.trunkTokens(of: program)), program.executor),
      client: client, model: request.model, rank: job, sequence: cache.sequence(of: program), waiters: [number])
    ready.append(job, of: client)
  }
}

// Slices of runs.
extension ProgramServer {
  private func compute(run number: Int) {
    guard var run = live.removeValue(forKey: number), let work = run.work else { return }
    let slice = configuration.sliceTokens
    let unread = max(run.promptTokens - run.position, 0)
    let hasRoom = cache.grow(
      &run.sequence, position: run.position + unread + slice,
      ownBytes: run.ownBytes + (unread + slice) * ProgramCache.bytesPerToken)
    run.isComputing = hasRoom
    let (limit, count) = (run.limit, slice)
    live[number] = run
    guard hasRoom else { return makeRoom(for: number, rank: run.rank ?? .max, client: run.request.client) }
    computingCount += 1
    Task(executorPreference: executor) {
      let outcome = await self.compute { work.run(count, limit: limit) }
      await self.take(outcome, of: number)
    }
  }

  /// Computes away from the actor.
  @concurrent nonisolated private func compute<Result: Sendable>(_ slice: @Sendable () -> Result) async -> Result {
    beforeSlice()
    return slice()
  }

  private func take(_ outcome: RunWork.Outcome, of number: Int) {
    computingCount -= 1
    guard var run = live[number] else { return pump() }
    run.isComputing = false
    (run.position, run.ownBytes) = (outcome.position, outcome.ownBytes)
    count(outcome.generatedCount - run.generatedCount, generatedBy: run.request.model)
    run.generatedCount = outcome.generatedCount
    if !run.isCancelled { run.deliver(outcome) }
    live[number] = run
    if run.isCancelled {
      remove(number)
    } else if let failure = outcome.failure {
      end(number, throwing: failure)
    } else if let ending = outcome.ending {
      end(number, ending)
    } else {
      ready.append(number, of: run.request.client)
    }
    pump()
  }
}

// Slices of jobs.
extension ProgramServer {
  private func compute(job number: Int) {
    guard var job = jobs.removeValue(forKey: number) else { return }
    let (work, count) = (job.work, Self.readTokens)
    let hasRoom = cache.grow(
      &job.sequence, position: min(job.readCount + count, ProgramCache.trunkTokens(of: job.program).count), ownBytes: 0)
    job.isComputing = hasRoom
    jobs[number] = job
    guard hasRoom else { return makeRoom(for: number, rank: job.rank, client: job.client) }
    computingCount += 1
    Task(executorPreference: executor) {
      let result = await self.compute { Result { () throws(ProgramServingError) in try work.read(count) } }
      await self.take(result, ofJob: number)
    }
  }

  /// Known tokens are computed many at a time, and take an eighth of the time of others.
  private static var readTokens: Int { 1 << 16 }

  private func take(
    _ result: Result<(readCount: Int, predictor: (any TokenPredictor)?), ProgramServingError>, ofJob number: Int
  ) {
    computingCount -= 1
    defer { pump() }
    guard var job = jobs.removeValue(forKey: number) else { return }
    job.isComputing = false
    switch result {
    case .failure(let error):
      release(&job)
      for waiter in job.waiters { end(waiter, throwing: error) }
    case .success((let count, nil)):
      totals[job.model, default: Totals()].prefixTokens += count - job.readCount
      job.readCount = count
      guard !job.waiters.isEmpty else { return release(&job) }
      jobs[number] = job
      ready.append(number, of: job.client)
    case .success((let count, let predictor?)):
      totals[job.model, default: Totals()].prefixTokens += count - job.readCount
      finish(&job, predictor)
    }
  }

  /// Lets all who waited for a program go on.
  private func finish(_ job: inout TrunkJob, _ predictor: any TokenPredictor) {
    let isKept = cache.keep(predictor, of: job.program, &job.sequence)
    for (place, number) in job.waiters.enumerated() {
      guard isKept, var run = live[number], let fork = cache.fork(job.program, by: &run.sequence) else {
        end(number, throwing: ProgramServingError(.tooLarge, "the program takes more memory than there is"))
        continue
      }
      makeWork(&run, behind: fork.position) { fork.predictor }
      // The first of them had it read.
      run.cachedTokens = place == 0 ? run.cachedTokens : max(run.cachedTokens, fork.position)
      totals[run.request.model, default: Totals()].cachedTokens += place == 0 ? 0 : fork.position
      live[number] = run
      ready.append(number, of: run.request.client)
    }
    release(&job)
  }
}
