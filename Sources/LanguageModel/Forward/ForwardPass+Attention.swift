import CKernels
import Kernels

extension ForwardPass {
  /// Causal self-attention of the normalised positions; the result is the next update of the residual stream.
  func attend(_ plans: [SequencePlan], layer: Int, _ weights: Qwen3Weights.Attention) {
    let rows = 0..<(plans.last?.rows.upperBound ?? 0)
    processor.compute([
      MatrixProduct(weights.query, normalized, to: queries, positions: rows),
      MatrixProduct(weights.key, normalized, to: keys, positions: rows),
      MatrixProduct(weights.value, normalized, to: values, positions: rows),
    ])
    for plan in plans {
      processor.forEachPosition(plan.rows) { row in
        let position = plan.start + row - plan.rows.lowerBound
        prepareHeads(queries[row], shape.queryHeads, weights.queryNorm, position)
        prepareHeads(keys[row], shape.keyValueHeads, weights.keyNorm, position)
        store(row, of: plan, position, layer)
      }
    }
    mix(plans, layer)
    processor.compute([MatrixProduct(weights.output, attended, to: update, positions: rows)])
  }

  /// Normalises each head by itself, then turns it by its position's angles.
  private func prepareHeads(
    _ heads: UnsafeMutablePointer<Float>, _ count: Int, _ norm: FloatBuffer, _ position: Int
  ) {
    for number in 0..<count {
      let head = heads + number * shape.headSize
      processor.kernels.normalize(head, weight: norm, epsilon: shape.normEpsilon, to: head)
      processor.kernels.rotate(head, by: angles, position: position)
    }
  }

  /// Writes a position's keys and values to its block.
  private func store(_ row: Int, of plan: SequencePlan, _ position: Int, _ layer: Int) {
    let (block, lane) = position.quotientAndRemainder(dividingBy: KeyValueLayout.blockSize)
    let start = UnsafeMutableRawPointer(mutating: plan.blocks[block])
    for head in 0..<shape.keyValueHeads {
      let offset = head * shape.headSize
      plan.step.cache.layout.store(
        key: keys[row] + offset, value: values[row] + offset, layer: layer, head: head, lane: lane, to: start)
    }
  }

  /// Runs the attention kernel for each key/value head and each few positions of each sequence.
  private func mix(_ plans: [SequencePlan], _ layer: Int) {
    let size = 16
    let pieces = plans.flatMap { plan in
      stride(from: plan.rows.lowerBound, to: plan.rows.upperBound, by: size).flatMap { row in
        (0..<shape.keyValueHeads).map { head in (plan, rows: row..<min(row + size, plan.rows.upperBound), head) }
      }
    }
    processor.pool.forEach(pieces.count) { piece in
      let (plan, rows, head) = pieces[piece]
      guard let blocks = plan.blocks.baseAddress else { return }
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
