package import Kernels

/// Computes the logits of tokens, for several sequences at once; keeps the memory for it between the passes.
///
/// Everything is computed in binary32, and a position's numbers do not depend on what is computed beside it.
package final class ForwardPass {
  /// The most positions of one pass.
  package let capacity: Int
  /// Called with the number of layers that a position has gone through and its residual stream [hidden].
  package var observe: ((_ layers: Int, _ row: Int, _ hidden: UnsafeBufferPointer<Float>) -> Void)?

  let model: Qwen3Model
  let shape: Qwen3Configuration
  let processor: Processor
  let angles: RotaryTable

  /// The residual stream.
  let hidden: Activations  // [capacity, hidden]
  /// The normalised residual stream, which the matrices read.
  let normalized: Activations  // [capacity, hidden]
  /// What a part of a layer adds to the residual stream.
  let update: Activations  // [capacity, hidden]
  let queries: Activations  // [capacity, query heads · head size]
  let keys: Activations  // [capacity, key/value heads · head size]
  let values: Activations  // [capacity, key/value heads · head size]
  let attended: Activations  // [capacity, query heads · head size]
  let gate: Activations  // [capacity, intermediate]
  let up: Activations  // [capacity, intermediate]
  let experts: ExpertBuffers?
  /// The last pass's logits, whose memory the next takes if nobody else holds them.
  private var logits: Activations?

  /// Makes room for passes of a model.
  package init(_ model: Qwen3Model, capacity: Int = 512) {
    precondition(capacity > 0)
    self.capacity = capacity
    self.model = model
    let shape = model.configuration
    self.shape = shape
    processor = model.processor
    angles = RotaryTable(
      frequencies: shape.rotary.frequencies(headSize: shape.headSize),
      factor: Float(shape.rotary.scaling?.attentionFactor ?? 1))
    func room(_ width: Int) -> Activations { Activations(capacity: capacity, width: width) }
    hidden = room(shape.hiddenSize)
    normalized = room(shape.hiddenSize)
    update = room(shape.hiddenSize)
    queries = room(shape.queryHeads * shape.headSize)
    keys = room(shape.keyValueHeads * shape.headSize)
    values = room(shape.keyValueHeads * shape.headSize)
    attended = room(shape.queryHeads * shape.headSize)
    gate = room(shape.intermediateSize)
    up = room(shape.intermediateSize)
    experts = shape.experts.map { ExpertBuffers($0, hiddenSize: shape.hiddenSize, capacity: capacity) }
  }

  /// Computes the steps' tokens, whose number must not exceed the capacity, and advances their caches.
  ///
  /// - Parameter canBeCancelled: whether to look after each layer if the current task is cancelled.
  /// - Returns: the logits that were asked for, [wanted positions, vocabulary], in the order of the steps.
  /// - Throws: `LanguageModelError` for a token outside the vocabulary or a cache that cannot grow, and of the kind
  ///   `cancelled`; no cache is advanced then.
  package func run(
    _ steps: [SequenceStep], canBeCancelled: Bool = false
  ) throws(LanguageModelError) -> Activations {
    try check(steps)
    var plans: [SequencePlan] = []
    let logits: Activations
    do {
      for step in steps {
        let blocks = try step.cache.beginPass(adding: step.tokens.count)
        plans.append(SequencePlan(step, firstRow: plans.last?.rows.upperBound ?? 0, blocks: blocks))
      }
      logits = try compute(plans, canBeCancelled: canBeCancelled)
    } catch {
      for plan in plans { plan.step.cache.endPass(computed: 0) }
      throw error
    }
    for plan in plans { plan.step.cache.endPass(computed: plan.rows.count) }
    return logits
  }

  private func check(_ steps: [SequenceStep]) throws(LanguageModelError) {
    var room = capacity
    for step in steps {
      guard !step.tokens.isEmpty, step.tokens.count <= room else {
        throw LanguageModelError(.argument, "expected from 1 to \(capacity) tokens in a pass")
      }
      room -= step.tokens.count
      if let token = step.tokens.first(where: { $0 < 0 || $0 >= shape.vocabularySize }) {
        throw LanguageModelError(
          .argument, "token \(token) is outside the vocabulary of \(shape.vocabularySize)")
      }
    }
  }

  private func compute(_ plans: [SequencePlan], canBeCancelled: Bool) throws(LanguageModelError) -> Activations {
    let rows = 0..<(plans.last?.rows.upperBound ?? 0)
    for plan in plans { angles.reserve(plan.start + plan.rows.count) }
    embed(plans)
    for (number, layer) in model.weights.layers.enumerated() {
      if canBeCancelled, Task.isCancelled { throw LanguageModelError(.cancelled, "the computation was cancelled") }
      normalize(rows, with: layer.inputNorm, adding: number > 0, layersDone: number)
      attend(plans, layer: number, layer.attention)
      normalize(rows, with: layer.feedForwardNorm, adding: true)
      switch layer.feedForward {
      case .dense(let weights): feedForward(rows, layer: number, weights)
      case .sparse(let router, let experts): mixExperts(rows, layer: number, router, experts)
      }
    }
    normalize(rows, with: model.weights.finalNorm, adding: true, layersDone: shape.layers)
    return computeLogits(plans)
  }

  private func embed(_ plans: [SequencePlan]) {
    for plan in plans {
      for (row, token) in zip(plan.rows, plan.step.tokens) {
        model.weights.embedding.copyRow(token, to: hidden[row])
      }
    }
  }

  /// Adds the last update to the residual stream, unless there was none yet, and normalises it.
  private func normalize(_ rows: Range<Int>, with weight: FloatBuffer, adding: Bool, layersDone: Int? = nil) {
    processor.forEachPosition(rows) { row in
      processor.kernels.normalize(
        hidden[row], adding: adding ? update[row] : nil, weight: weight, epsilon: shape.normEpsilon,
        to: normalized[row])
    }
    guard let layersDone, let observe else { return }
    for row in rows { hidden.withNumbers(at: row) { observe(layersDone, row, $0) } }
  }

  private func feedForward(_ rows: Range<Int>, layer: Int, _ weights: Qwen3Weights.GatedLayer) {
    let widening = [
      MatrixProduct(weights.gate, normalized, to: gate, positions: rows),
      MatrixProduct(weights.up, normalized, to: up, positions: rows),
    ]
    compute(widening, layer: layer)
    processor.forEachPosition(rows) { row in
      processor.kernels.activate(
        shape.activation.function, gate: gate[row], up: up[row], to: gate[row], count: gate.width)
    }
    compute([MatrixProduct(weights.down, gate, to: update, positions: rows)], layer: layer)
  }

  /// The output head over the last positions of each step.
  private func computeLogits(_ plans: [SequencePlan]) -> Activations {
    let count = plans.reduce(0) { $0 + $1.step.logitCount }
    let input = Activations(capacity: count, width: shape.hiddenSize)
    let logits = takeLogits(count)
    var row = 0
    for plan in plans {
      for source in plan.rows.suffix(plan.step.logitCount) {
        input[row].update(from: normalized[source], count: shape.hiddenSize)
        row += 1
      }
    }
    compute([MatrixProduct(model.weights.head, input, to: logits, positions: 0..<count)], layer: shape.layers)
    return logits
  }

  /// Room for the logits of some positions.
  private func takeLogits(_ count: Int) -> Activations {
    if isKnownUniquelyReferenced(&logits), let logits, logits.capacity == count { return logits }
    let made = Activations(capacity: count, width: shape.vocabularySize)
    logits = made
    return made
  }
}
