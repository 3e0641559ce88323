import CKernels

extension PlainKernels {
  /// Rounds a position to blocks of integers, in words; see `Rounding`.
  static func round(_ call: Rounding) {
    let blockSize = 32
    let values = call.values.assumingMemoryBound(to: Int16.self)
    for block in 0..<(call.count + blockSize - 1) / blockSize {
      let first = block * blockSize
      let low = Lanes(at: call.input + first, count: call.count - first)
      let high = Lanes(at: call.input + first + 16, count: call.count - first - 16)
      let largest = pointwiseMax(pointwiseMax(low, low.negated), pointwiseMax(high, high.negated)).max()
      let isZero = largest < 0x1p-100
      let zeroOrNaN = (pointwiseMax(low, low.negated) * 0 + pointwiseMax(high, high.negated) * 0).treeSum
      let inverse = isZero ? 0 : call.largest_integer / largest
      // The shift rounds to an integer, ties to even, and leaves it in the low bits.
      let shift = Lanes(repeating: 12_582_912)
      var sum: Int32 = 0
      for (half, numbers) in [low, high].enumerated() {
        let integers = unsafeBitCast(numbers * inverse + shift, to: SIMD16<Int32>.self)
        for lane in 0..<16 {
          let value = Int16(truncatingIfNeeded: integers[lane])
          values[first + half * 16 + lane] = value
          sum &+= Int32(value)
        }
      }
      call.scales[block] = (isZero ? 0 : largest / call.largest_integer) + zeroOrNaN
      call.compensations[block] = -128 &* sum
    }
  }

  /// Adds to the residual stream and normalises it; see `Normalization`.
  static func normalize(_ call: Normalization) {
    var squares = Lanes.zero
    forEachLanes(call.count) { offset, count in
      var numbers = Lanes(at: call.residual + offset, count: count)
      if let addend = call.addend {
        numbers += Lanes(at: addend + offset, count: count)
        numbers.store(to: call.residual + offset, count: count)
      }
      squares.addProduct(numbers, numbers)
    }
    let factor = 1 / (squares.treeSum / Float(call.count) + call.epsilon).squareRoot()
    forEachLanes(call.count) { offset, count in
      var numbers = Lanes(at: call.residual + offset, count: count) * factor
      numbers *= Lanes(at: call.weight + offset, count: count)
      numbers.store(to: call.output + offset, count: count)
    }
  }

  /// Turns pairs of elements half a vector apart; see `Rotation`.
  static func rotate(_ call: Rotation) {
    forEachLanes(call.half) { offset, count in
      let cosine = Lanes(at: call.cosine + offset, count: count)
      let sine = Lanes(at: call.sine + offset, count: count)
      let first = Lanes(at: call.vector + offset, count: count)
      let second = Lanes(at: call.vector + call.half + offset, count: count)
      (first * cosine).addingProduct(second.negated, sine).store(to: call.vector + offset, count: count)
      (second * cosine).addingProduct(first, sine).store(to: call.vector + call.half + offset, count: count)
    }
  }

  /// The activation function of a feed-forward layer; see `Activation`.
  static func activate(_ call: Activation) {
    forEachLanes(call.count) { offset, count in
      let gate = Lanes(at: call.gate + offset, count: count)
      var output =
        switch call.function {
        case .silu: gate.silu
        case .gelu: gate.gelu
        case .geluTanh: gate.geluTanh
        case .relu: gate.relu
        }
      if let up = call.up { output *= Lanes(at: up + offset, count: count) }
      output.store(to: call.output + offset, count: count)
    }
  }
}
