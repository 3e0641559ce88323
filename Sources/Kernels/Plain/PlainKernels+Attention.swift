import CKernels

extension PlainKernels {
  /// Causal attention with an online softmax; see `Attention`.
  static func attend(_ call: Attention) {
    switch call.format {
    case .float32: attend(call, Float.self)
    case .bFloat16: attend(call, BFloat16Bits.self)
    case .int8: attend(call, Int8.self)
    }
  }

  private static func attend<Element: StoredElement>(_ call: Attention, _: Element.Type) {
    for position in 0..<call.positions {
      for head in 0..<call.heads {
        attend(
          call, Element.self, query: call.queries + position * call.query_stride + head * call.head_size,
          output: call.output + position * call.output_stride + head * call.head_size,
          visible: call.first_position + position + 1)
      }
    }
  }

  /// One query over the first `visible` positions.
  private static func attend<Element: StoredElement>(
    _ call: Attention, _: Element.Type, query: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, visible: Int
  ) {
    let size = call.head_size
    var largest = -Float.infinity
    var sums = Lanes.zero
    forEachLanes(size) { offset, count in Lanes.zero.store(to: output + offset, count: count) }
    forEachLanes(visible) { first, count in
      let block = call.blocks[first / Lanes.scalarCount]
      let keys = block + call.key_offset
      let values = block + call.value_offset
      let isVisible = laneNumbers .< Int32(count)
      var scores = Lanes.zero
      for dimension in 0..<size {
        let key = Element.lanes(at: keys + dimension * 16 * Element.byteCount, count: 16)
        scores.addProduct(Lanes(repeating: query[dimension]), key)
      }
      if call.format == .int8 { scores *= Float.lanes(at: block + call.key_scale_offset, count: 16) }
      scores = (scores * call.scale).replacing(with: -.infinity, where: .!isVisible)

      let newLargest = max(largest, scores.max())
      let correction = Lanes(repeating: largest - newLargest).exponential
      let weights = (scores - newLargest).exponential.replacing(with: 0, where: .!isVisible)
      sums = weights.addingProduct(sums, correction)
      largest = newLargest
      var shares = weights
      if call.format == .int8 { shares *= Float.lanes(at: block + call.value_scale_offset, count: 16) }
      forEachLanes(size) { offset, lanes in
        var mixed = Lanes(at: output + offset, count: lanes) * correction
        for position in 0..<count {
          let value = Element.lanes(at: values + (position * size + offset) * Element.byteCount, count: lanes)
          mixed.addProduct(Lanes(repeating: shares[position]), value)
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
