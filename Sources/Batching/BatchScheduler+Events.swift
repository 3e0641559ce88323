import Clients
import PrefixTree

extension BatchScheduler {
  /// Takes note of what happened in the last step.
  mutating func apply(_ event: BatchEvent, _ plan: inout StepPlan) {
    switch event {
    case .computed(let id, let token):
      guard let sequence = sequences[id], let range = sequence.planned,
        (range.upperBound == sequence.tokens.count) == (token != nil)
      else { return }
      advance(id, to: range)
      guard let token, take(token, for: id) else { return }
      plan.ended.append(StepPlan.Ending(request: id, reason: .length))
      end(id)
    case .finished(let id):
      guard let range = sequences[id]?.planned else { return }
      advance(id, to: range)
      end(id)
    case .cancelled(let id):
      cancel(id)
    }
  }

  /// Lets others use what is computed now.
  private mutating func advance(_ id: RequestID, to range: Range<Int>) {
    guard var sequence = sequences.removeValue(forKey: id) else { return }
    sequence.planned = nil
    sequence.computed = range.upperBound
    cache.publish(sequence.tokens, computed: sequence.computed, of: &sequence.pages)
    if let program = sequence.request.program {
      programs.add(range.count, to: program, of: sequence.request.client)
    }
    sequences[id] = sequence
  }

  /// Adds a generated token; true when it is the last that there is room for.
  private mutating func take(_ token: Int, for id: RequestID) -> Bool {
    sequences[id]?.tokens.append(token)
    guard let sequence = sequences[id] else { return false }
    totals.generatedTokens += 1
    charge(sequence, configuration.outputCost)
    return sequence.generatedCount >= sequence.request.maxTokens || sequence.tokens.count > longestSequence
  }

  /// Takes a cost off what a client may spend.
  mutating func charge(_ sequence: ServedSequence, _ cost: Int) {
    if configuration.policy == .fair { shares.charge(sequence.request.client, cost) }
  }

  /// Forgets a request, wherever it is.
  mutating func end(_ id: RequestID) {
    guard var sequence = sequences.removeValue(forKey: id) else { return }
    let client = sequence.request.client
    if !waiting.remove(id, client: client) { running.removeAll { $0 == id } }
    cache.release(&sequence.pages)
    if configuration.policy == .fair { shares.leave(client) }
  }

  /// Ends the requests that have waited too long to be taken up.
  mutating func expire(_ now: Duration, _ plan: inout StepPlan) {
    guard let timeout = configuration.queueTimeout else { return }
    let late = waiting.all.compactMap { sequences[$0] }
      .filter { !$0.hasBegun && now - $0.arrival > timeout }.sorted { $0.rank < $1.rank }
    for sequence in late {
      plan.ended.append(StepPlan.Ending(request: sequence.request.id, reason: .timedOut))
      end(sequence.request.id)
    }
  }
}
