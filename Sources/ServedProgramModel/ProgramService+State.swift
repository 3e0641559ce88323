import OpenAIProtocol
import PrefixTree
package import ServedModels
import ServedPrograms
import TransformerVM

extension ProgramService {
  /// What the pages that all programs share are called.
  private static let pool = "programs"
  /// The most stretches of programs that are shown, and of each so many tokens as text.
  private static let (mostPrefixes, shownTokens) = (256, 24)

  package func state() async -> ModelState {
    let (now, totals) = (await server.state, await server.work(of: card.id))
    var state = ModelState()
    state.pages = .init(
      free: now.freePages, evictable: now.evictablePages, protected: now.protectedPages, evicted: now.evictedPages,
      size: now.pageSize)
    state.pages?.pool = Self.pool
    state.totals.computedTokens = totals.prefixTokens + totals.generatedTokens
    state.totals.cachedTokens = totals.cachedTokens
    state.totals.generatedTokens = totals.generatedTokens
    state.totals.preemptions = totals.preemptions
    state.tokensPerSecond = await server.tokensPerSecond(of: card.id)
    state.requests = await server.runs(of: card.id).map { run in
      var request = ModelState.Request(
        number: run.number, client: run.client, isRunning: run.hasBegun, promptTokens: run.promptTokens)
      request.generatedTokens = run.generatedTokens
      request.computedTokens = run.computedTokens
      (request.pages, request.sharedPages) = (run.pages, run.sharedPages)
      return request
    }
    state.running = state.requests.count(where: \.isRunning)
    state.waiting = state.requests.count - state.running
    state.prefixes = prefixes(await server.prefixes)
    return state
  }

  /// What is kept of the model's programs.
  private func prefixes(_ all: [PrefixNamespace: PrefixTree.Snapshot]) -> [ModelState.Prefix] {
    switch source {
    case .program(let program): all[program.namespace].map { [shown($0, of: program)] } ?? []
    case .sent(let library):
      all.filter { name, _ in !library.programs.contains { $0.namespace == name } }
        .sorted { $0.key.adapter ?? "" < $1.key.adapter ?? "" }.prefix(Self.mostPrefixes).map { name, prefix in
          ModelState.Prefix(
            text: String((name.adapter ?? "").prefix(Self.shownTokens)), isOfPrompts: false,
            tokens: Self.tokenCount(prefix), pages: Self.pageCount(prefix), users: prefix.locks, children: [])
        }
    }
  }

  private func shown(_ prefix: PrefixTree.Snapshot, of program: ServedProgram) -> ModelState.Prefix {
    let words = prefix.tokens.prefix(Self.shownTokens).map { program.executor.vocabulary.text(of: $0) }
    return ModelState.Prefix(
      text: words.joined(separator: " "), isOfPrompts: false, tokens: prefix.tokens.count, pages: prefix.pages.count,
      users: prefix.locks,
      children: prefix.children.map { shown($0, of: program) })
  }

  private static func tokenCount(_ prefix: PrefixTree.Snapshot) -> Int {
    prefix.children.reduce(prefix.tokens.count) { $0 + tokenCount($1) }
  }

  private static func pageCount(_ prefix: PrefixTree.Snapshot) -> Int {
    prefix.children.reduce(prefix.pages.count) { $0 + pageCount($1) }
  }
}
