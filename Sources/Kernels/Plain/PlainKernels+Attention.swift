import CKernels

extension PlainKernels {
  /// Causal attention with an online softmax; see `Attention`.
  static func attend(_ call: Attention) {
    for position in 0..<call.positions {
      for head in 0..<call.heads {
        attend(
          call, query: call.queries + position * call.query_stride + head * call.head_size,
          output: call.output + position * call.output_stride + head * call.head_size,
          visible: call.first_position + position + 1)
      }
    }
  }

  /// One query over the first `visible` positions.
  private static func attend(
    _ call: Attention, query: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, visible: Int
  ) {
    let size = call.head_size
    var largest = -Float.infinity
    var sums = Lanes.zero
    forEachLanes(size) { offset, count in Lanes.zero.store(to: output + offset, count: count) }
    forEachLanes(visible) { first, count in
      let block = first / Lanes.scalarCount
      let keys = call.blocks[block] + call.key_offset
      let values = call.blocks[block] + call.value_offset
      let isVisible = laneNumbers .< Int32(count)
      var scores = Lanes.zero
      for dimension in 0..<size {
        scores.addProduct(Lanes(repeating: query[dimension]), Lanes(at: keys + dimension * 16))
      }
      scores = (scores * call.scale).replacing(with: -.infinity, where: .!isVisible)

      let newLargest = max(largest, scores.max())
      let correction = Lanes(repeating: largest - newLargest).exponential
      let weights = (scores - newLargest).exponential.replacing(with: 0, where: .!isVisible)
      sums = weights.addingProduct(sums, correction)
      largest = newLargest
      forEachLanes(size) { offset, lanes in
        var mixed = Lanes(at: output + offset, count: lanes) * correction
        for position in 0..<count {
          let value = Lanes(at: values + position * size + offset, count: lanes)
          mixed.addProduct(Lanes(repeating: weights[position]), value)
        }
        mixed.store(to: output + offset, count: lanes)
      }
    }
    let inverse = 1 / sums.treeSum
    forEachLanes(size) { offset, count in
      (Lanes(at: output + offset, count: count) * inverse).store(to: output + offset, count: count)
    }
  }

  private static let laneNumbers = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
}
