package import Batching
import Kernels
package import LanguageModel
import PagedCache
import Synchronization

/// A language model with its keys and values in pages.
package final class ModelComputer: StepComputer {
  private struct State {
    let pass: ForwardPass
    /// Rows of logits that were given away and that nobody else has any more when the next ones are computed: new memory
    /// of that size takes longer to come by than to fill.
    var rows: [[Float]] = []
  }

  /// How many rows of logits are kept at most.
  private static let keptRows = 64

  private let model: Qwen3Model
  private let memory: KeyValuePages
  private let state: Mutex<State>

  /// Sets memory aside for pages, and for passes of so many tokens.
  ///
  /// - Throws: `LanguageModelError` when there is not so much memory, or pages of that size cannot be.
  package init(
    _ model: Qwen3Model, pageSize: Int, pageCount: Int, precision: KeyValuePrecision = .float32, tokenBudget: Int
  ) throws(LanguageModelError) {
    self.model = model
    memory = try KeyValuePages(
      KeyValueLayout(model.configuration, precision), pageSize: pageSize, pageCount: pageCount)
    state = Mutex(State(pass: ForwardPass(model, capacity: tokenBudget)))
  }

  package var vocabularySize: Int { model.configuration.vocabularySize }
  package var longestSequence: Int { model.configuration.longestContext }
  package var stopTokens: Set<Int> { model.stopTokens }

  package func compute(_ plan: StepPlan) throws(LanguageModelError) -> [[Float]] {
    try state.withLock { state throws(LanguageModelError) in
      for copy in plan.copies { memory.copy(copy) }
      let steps = plan.work.map { work in
        SequenceStep(
          work.tokens, cache: PagedKeyValueStorage(memory, pages: work.pages, count: work.range.lowerBound),
          logits: work.choosesToken ? .last : .none)
      }
      let rows = rows(of: try state.pass.run(steps), reusing: &state.rows)
      state.rows = Array(rows.prefix(Self.keptRows))
      return rows
    }
  }

  /// The numbers of each position, copied on all threads.
  private func rows(of logits: Activations, reusing kept: inout [[Float]]) -> [[Float]] {
    var rows = kept
    kept = []
    rows.removeLast(max(rows.count - logits.capacity, 0))
    rows.append(contentsOf: repeatElement([], count: logits.capacity - rows.count))
    rows.withUnsafeMutableBufferPointer { rows in
      model.processor.pool.forEach(rows.count) { logits.copyNumbers(at: $0, to: &rows[$0]) }
    }
    return rows
  }
}
