import CKernels

/// One product of a forward pass: some positions of an input times a weight matrix.
package struct MatrixProduct {
  package var weights: WeightMatrix
  /// What is multiplied; as wide as the matrix has columns.
  package var input: Activations
  /// Where the result goes; as wide as the matrix has rows.
  package var output: Activations
  /// The positions of both.
  package var positions: Range<Int>

  /// output[p] = weights · input[p] for the positions.
  package init(_ weights: WeightMatrix, _ input: Activations, to output: Activations, positions: Range<Int>) {
    precondition(input.width == weights.columns && output.width == weights.rows, "widths that do not fit")
    precondition(positions.lowerBound >= 0 && positions.upperBound <= min(input.capacity, output.capacity))
    self.weights = weights
    self.input = input
    self.output = output
    self.positions = positions
  }

  /// Computes some of the rows; the first must be a multiple of sixteen. The input must have been rounded if the weights take
  /// integers.
  func compute(rows: Range<Int>, with kernels: Kernels) {
    let first = positions.lowerBound
    switch weights.storage {
    case .float32(let bytes):
      var call = denseProduct(bytes + rows.lowerBound * weights.columns * 4, rows)
      kernels.functions.product_f32(&call)
    case .bfloat16(let bytes):
      var call = denseProduct(bytes + rows.lowerBound * weights.columns * 2, rows)
      kernels.functions.product_bf16(&call)
    case .float16(let bytes):
      var call = denseProduct(bytes + rows.lowerBound * weights.columns * 2, rows)
      kernels.functions.product_f16(&call)
    case .int8(let values, let scales):
      let rounded = input.rounded
      let block = rows.lowerBound / Int8Layout.groupSize * rounded.blocks
      var call = Int8Product(
        values: values + block * 512, scales: scales + block * 16,
        activations: rounded.values + first * rounded.blocks * RoundedActivations.blockBytes,
        activation_scales: rounded.scales + first * rounded.blocks,
        compensations: rounded.compensations + first * rounded.blocks, output: output[first] + rows.lowerBound,
        rows: rows.count, blocks: rounded.blocks, positions: positions.count, output_stride: output.width,
        are_bytes: rounded.precision == .eightBits)
      kernels.functions.product_int8(&call)
    }
  }

  private func denseProduct(_ bytes: UnsafeRawPointer, _ rows: Range<Int>) -> DenseProduct {
    DenseProduct(
      weights: bytes, activations: input[positions.lowerBound], output: output[positions.lowerBound] + rows.lowerBound,
      rows: rows.count, columns: weights.columns, positions: positions.count, output_stride: output.width)
  }
}
