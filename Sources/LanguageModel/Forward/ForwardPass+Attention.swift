import CKernels
import Kernels

extension ForwardPass {
  /// Causal self-attention of the normalised positions; the result is the next update of the residual stream.
  func attend(_ plans: [SequencePlan], layer: Int, _ weights: Qwen3Weights.Attention) {
    let rows = 0..<(plans.last?.rows.upperBound ?? 0)
    let projections = [
      MatrixProduct(weights.query, normalized, to: queries, positions: rows),
      MatrixProduct(weights.key, normalized, to: keys, positions: rows),
      MatrixProduct(weights.value, normalized, to: values, positions: rows),
    ]
    compute(projections, layer: layer)
    // Keys that no other piece of the job below reads are prepared there.
    for plan in plans where plan.rows.count > Self.mixedRows {
      processor.forEachPosition(plan.rows) { row in
        for head in 0..<shape.keyValueHeads { prepare(head, of: row, plan, layer, weights) }
      }
    }
    mix(plans, layer, weights)
    compute([MatrixProduct(weights.output, attended, to: update, positions: rows)], layer: layer)
  }

  /// The most positions of a sequence that the attention kernel computes at once.
  private static let mixedRows = 16

  /// Makes a key/value head of one position ready, with the query heads that read it: normalises each head by itself, turns it
  /// by the position's angles, and writes key and value to their block.
  private func prepare(
    _ head: Int, of row: Int, _ plan: SequencePlan, _ layer: Int, _ weights: Qwen3Weights.Attention
  ) {
    let position = plan.start + row - plan.rows.lowerBound
    let group = shape.queryHeads / shape.keyValueHeads
    for query in head * group..<(head + 1) * group {
      prepare(queries[row] + query * shape.headSize, weights.queryNorm, position)
    }
    let offset = head * shape.headSize
    prepare(keys[row] + offset, weights.keyNorm, position)
    let (block, lane) = position.quotientAndRemainder(dividingBy: KeyValueLayout.blockSize)
    plan.step.cache.layout.store(
      key: keys[row] + offset, value: values[row] + offset, layer: layer, head: head, lane: lane,
      to: UnsafeMutableRawPointer(mutating: plan.blocks[block]))
  }

  /// Normalises a head, then turns it by its position's angles.
  private func prepare(_ head: UnsafeMutablePointer<Float>, _ norm: FloatBuffer, _ position: Int) {
    processor.kernels.normalize(head, weight: norm, epsilon: shape.normEpsilon, to: head)
    processor.kernels.rotate(head, by: angles, position: position)
  }

  /// Runs the attention kernel for each key/value head and each few positions of each sequence, after preparing the heads where
  /// that has not been done.
  private func mix(_ plans: [SequencePlan], _ layer: Int, _ weights: Qwen3Weights.Attention) {
    let parts = plans.flatMap { plan in
      stride(from: plan.rows.lowerBound, to: plan.rows.upperBound, by: Self.mixedRows).map { row in
        (plan, rows: row..<min(row + Self.mixedRows, plan.rows.upperBound))
      }
    }
    processor.pool.forEach(parts.count * shape.keyValueHeads) { piece in
      let (part, head) = piece.quotientAndRemainder(dividingBy: shape.keyValueHeads)
      let (plan, rows) = parts[part]
      guard let blocks = plan.blocks.baseAddress else { return }
      if plan.rows.count <= Self.mixedRows {
        for row in rows { prepare(head, of: row, plan, layer, weights) }
      }
      let group = shape.queryHeads / shape.keyValueHeads
      let offset = head * group * shape.headSize
      let layout = plan.step.cache.layout
      var call = Attention(
        queries: queries[rows.lowerBound] + offset, output: attended[rows.lowerBound] + offset, blocks: blocks,
        key_offset: layout.keyOffset(layer: layer, head: head),
        value_offset: layout.valueOffset(layer: layer, head: head),
        key_scale_offset: layout.keyScaleOffset(layer: layer, head: head),
        value_scale_offset: layout.valueScaleOffset(layer: layer, head: head), positions: rows.count, heads: group,
        head_size: shape.headSize, query_stride: queries.width, output_stride: attended.width,
        first_position: plan.start + rows.lowerBound - plan.rows.lowerBound,
        scale: Float(1 / Double(shape.headSize).squareRoot()), format: layout.precision.format)
      processor.kernels.functions.attend(&call)
    }
  }
}
