import Kernels

extension ForwardPass {
  /// Computes products of a layer, or of the output head, which comes after all layers, as one job.
  func compute(_ products: [MatrixProduct], layer: Int) {
    processor.compute(products, activations: precision(ofLayer: layer))
  }

  /// To what is rounded what the int8 matrices of a layer read.
  ///
  /// Eight bits are half the work where instructions multiply bytes. What they cost adds up from layer to layer and grows in
  /// those that follow: most of it comes from the first half, so that reads sixteen.
  private func precision(ofLayer layer: Int) -> ActivationPrecision {
    layer * 2 < shape.layers ? .sixteenBits : .eightBits
  }
}
