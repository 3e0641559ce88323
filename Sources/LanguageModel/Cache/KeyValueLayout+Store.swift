import Kernels

extension KeyValueLayout {
  /// Writes one position's key and value of one head, [head size] each, to its lane of a block.
  func store(
    key: UnsafePointer<Float>, value: UnsafePointer<Float>, layer: Int, head: Int, lane: Int,
    to block: UnsafeMutableRawPointer
  ) {
    let keys = block + keyOffset(layer: layer, head: head) + lane * precision.byteCount
    let values = block + valueOffset(layer: layer, head: head) + lane * headSize * precision.byteCount
    switch precision {
    case .float32:
      let keyPlace = keys.assumingMemoryBound(to: Float.self)
      for index in 0..<headSize { keyPlace[index * Self.blockSize] = key[index] }
      values.assumingMemoryBound(to: Float.self).update(from: value, count: headSize)
    case .bfloat16:
      let keyPlace = keys.assumingMemoryBound(to: UInt16.self)
      let valuePlace = values.assumingMemoryBound(to: UInt16.self)
      for index in 0..<headSize {
        keyPlace[index * Self.blockSize] = BFloat16Bits.bits(key[index])
        valuePlace[index] = BFloat16Bits.bits(value[index])
      }
    case .int8:
      let scale = MemoryLayout<Float>.size * lane
      (block + keyScaleOffset(layer: layer, head: head) + scale).storeBytes(
        of: quantize(key, to: keys, stride: Self.blockSize), as: Float.self)
      (block + valueScaleOffset(layer: layer, head: head) + scale).storeBytes(
        of: quantize(value, to: values, stride: 1), as: Float.self)
    }
  }

  /// Rounds one head's numbers to int8, `stride` apart, each off by at most half of the scale, ties to even.
  ///
  /// - Returns: the scale, largest magnitude / 127; 0 for magnitudes below 2⁻¹⁰⁰, and not a number where one of them is none,
  ///   so that this does not go unnoticed.
  private func quantize(_ numbers: UnsafePointer<Float>, to place: UnsafeMutableRawPointer, stride: Int) -> Float {
    let place = place.assumingMemoryBound(to: Int8.self)
    var largest: Float = 0
    // 0 as long as all are finite, then not a number.
    var flaw: Float = 0
    for index in 0..<headSize {
      largest = max(largest, abs(numbers[index]))
      flaw += numbers[index] * 0
    }
    let isUsable = flaw == 0 && largest >= 0x1p-100
    let inverse = isUsable ? 127 / largest : 0
    // Adding this leaves no bits for a fraction.
    let shift: Float = 0x1.8p23
    for index in 0..<headSize {
      place[index * stride] = isUsable ? Int8(numbers[index] * inverse + shift - shift) : 0
    }
    return isUsable ? largest / 127 : flaw
  }
}
