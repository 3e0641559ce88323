import CKernels

extension PlainKernels {
  /// The product of float weights; see `DenseProduct`.
  static func product<Element: StoredElement>(_ call: DenseProduct, of type: Element.Type) {
    let rowBytes = call.columns * Element.byteCount
    for position in 0..<call.positions {
      let activations = call.activations + position * call.columns
      let output = call.output + position * call.output_stride
      for row in 0..<call.rows {
        let weights = call.weights + row * rowBytes
        var sums = Lanes.zero
        forEachLanes(call.columns) { column, count in
          let weight = Element.lanes(at: weights + column * Element.byteCount, count: count)
          sums.addProduct(weight, Lanes(at: activations + column, count: count))
        }
        output[row] = sums.treeSum
      }
    }
  }

  /// The product of block-wise int8 weights; see `Int8Product`.
  static func product(_ call: Int8Product) {
    for position in 0..<call.positions {
      for firstRow in stride(from: 0, to: call.rows, by: Lanes.scalarCount) {
        var sums = Lanes.zero
        for block in 0..<call.blocks {
          let weightBlock = firstRow / Lanes.scalarCount * call.blocks + block
          let activationBlock = position * call.blocks + block
          let words = call.activations.assumingMemoryBound(to: Int16.self) + activationBlock * 32
          let exact = blockSums(call.values + weightBlock * 512, words)
          let scales = BFloat16Bits.lanes(at: call.scales + weightBlock * 16, count: 16)
          sums.addProduct(Lanes(exact), scales * call.activation_scales[activationBlock])
        }
        let output = call.output + position * call.output_stride + firstRow
        sums.store(to: output, count: call.rows - firstRow)
      }
    }
  }

  /// The exact products of one block of 32 columns, for sixteen rows.
  private static func blockSums(
    _ values: UnsafePointer<Int8>, _ activations: UnsafePointer<Int16>
  ) -> SIMD16<Int32> {
    var sums = SIMD16<Int32>.zero
    for column in 0..<32 {
      let step = values + column / 4 * 64 + column % 4
      var weights = SIMD16<Int32>.zero
      for row in 0..<16 { weights[row] = Int32(step[row * 4]) }
      sums &+= weights &* Int32(activations[column])
    }
    return sums
  }
}
