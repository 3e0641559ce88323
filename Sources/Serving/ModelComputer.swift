package import Batching
import Kernels
package import LanguageModel
import PagedCache
import Synchronization

/// A language model with its keys and values in pages.
package final class ModelComputer: StepComputer {
  private let model: Qwen3Model
  private let memory: KeyValuePages
  private let pass: Mutex<ForwardPass>

  /// Sets memory aside for pages, and for passes of so many tokens.
  ///
  /// - Throws: `LanguageModelError` when there is not so much memory, or pages of that size cannot be.
  package init(
    _ model: Qwen3Model, pageSize: Int, pageCount: Int, precision: KeyValuePrecision = .float32, tokenBudget: Int
  ) throws(LanguageModelError) {
    self.model = model
    memory = try KeyValuePages(
      KeyValueLayout(model.configuration, precision), pageSize: pageSize, pageCount: pageCount)
    pass = Mutex(ForwardPass(model, capacity: tokenBudget))
  }

  package var vocabularySize: Int { model.configuration.vocabularySize }
  package var longestSequence: Int { model.configuration.longestContext }
  package var stopTokens: Set<Int> { model.stopTokens }

  package func compute(_ plan: StepPlan) throws(LanguageModelError) -> [[Float]] {
    try pass.withLock { pass throws(LanguageModelError) in
      for copy in plan.copies { memory.copy(copy) }
      let steps = plan.work.map { work in
        SequenceStep(
          work.tokens, cache: PagedKeyValueStorage(memory, pages: work.pages, count: work.range.lowerBound),
          logits: work.choosesToken ? .last : .none)
      }
      return copies(of: try pass.run(steps))
    }
  }

  /// The numbers of each position, copied on all threads: so much new memory takes long to fill.
  private func copies(of logits: Activations) -> [[Float]] {
    var copies = [[Float]](repeating: [], count: logits.capacity)
    copies.withUnsafeMutableBufferPointer { copies in
      model.processor.pool.forEach(copies.count) { copies[$0] = logits.numbers(at: $0) }
    }
    return copies
  }
}
