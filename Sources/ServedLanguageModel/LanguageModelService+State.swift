import Batching
import MILI
import PrefixTree
package import ServedModels
import Serving
import Throughput

extension LanguageModelService {
  /// The most stretches of prefixes that are shown, those of all namespaces together.
  private static let mostPrefixes = 256
  /// Of a prefix, so many tokens are shown as text.
  private static let shownTokens = 24

  package func state() async -> ModelState {
    let (batch, totals) = (await engine.state, await engine.totals)
    var state = ModelState()
    (state.running, state.waiting) = (batch.running, batch.waiting)
    state.pages = .init(
      free: batch.freePages, evictable: batch.evictablePages, protected: batch.protectedPages,
      evicted: batch.evictedPages, size: pageSize)
    state.totals.computedTokens = totals.computedTokens
    state.totals.cachedTokens = totals.cachedTokens
    state.totals.generatedTokens = totals.generatedTokens
    state.totals.preemptions = totals.preemptions
    state.tokensPerSecond = rate.tokensPerSecond
    state.requests = await engine.requests.map { request in
      var summary = ModelState.Request(
        number: request.id.number, client: request.client, isRunning: request.isRunning,
        promptTokens: request.promptTokens)
      summary.program = request.program
      summary.generatedTokens = request.generatedTokens
      summary.computedTokens = request.computedTokens
      (summary.pages, summary.sharedPages) = (request.pages, request.sharedPages)
      return summary
    }
    state.prefixes = await engine.prefixes(atMost: Self.mostPrefixes).map(shown)
    return state
  }

  private func shown(_ prefix: PrefixTree.Snapshot) -> ModelState.Prefix {
    ModelState.Prefix(
      text: context.tokenizer.decode(tokens: Array(prefix.tokens.prefix(Self.shownTokens))),
      isOfPrompts: true, tokens: prefix.tokens.count, pages: prefix.pages.count, users: prefix.locks,
      children: prefix.children.map(shown))
  }
}
