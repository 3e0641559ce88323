/// Rounds weights to int8 blocks.
package enum Int8Quantizer {
  /// Rounds one row of binary32 weights into its places of a matrix; the places of padding columns become 0.
  ///
  /// A block's scale is the bf16 number not below its largest magnitude / 127, so that no value leaves −127…127; each
  /// weight is off by at most half a scale.
  package static func quantize(
    row: Int, _ weights: UnsafeBufferPointer<Float>, layout: Int8Layout, values: UnsafeMutablePointer<Int8>,
    scales: UnsafeMutablePointer<UInt16>
  ) {
    for first in stride(from: 0, to: layout.blocks * Int8Layout.blockSize, by: Int8Layout.blockSize) {
      let columns = first..<min(first + Int8Layout.blockSize, weights.count)
      let largest = columns.reduce(Float(0)) { max($0, abs(weights[$1])) }
      let scale = self.scale(largest: largest)
      scales[layout.scaleIndex(row: row, column: first)] = UInt16(truncatingIfNeeded: scale.bitPattern >> 16)
      let inverse = scale > 0 ? 1 / scale : 0
      for column in first..<first + Int8Layout.blockSize {
        let scaled = column < weights.count ? weights[column] * inverse : 0
        let value = scaled.isFinite ? max(-127, min(127, scaled.rounded(.toNearestOrEven))) : 0
        values[layout.valueIndex(row: row, column: column)] = Int8(value)
      }
    }
  }

  /// The least bf16 number not below `largest` / 127; 0 for blocks too small to have one.
  private static func scale(largest: Float) -> Float {
    guard largest.isFinite, largest >= 0x1p-100 else { return 0 }
    let bits = (largest / 127).bitPattern
    return Float(bitPattern: (bits + 0xffff) & 0xffff_0000)
  }
}
