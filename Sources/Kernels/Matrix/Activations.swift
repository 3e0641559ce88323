import CKernels

/// One vector of equal width per position: what flows between the matrices.
package final class Activations {
  /// The positions it has room for.
  package let capacity: Int
  /// Numbers of one position.
  package let width: Int
  private let buffer: FloatBuffer  // [capacity][width]
  /// The same positions rounded to int8; made at the first use.
  private var rounded: Int8Activations?

  /// Makes room for positions of a width.
  package init(capacity: Int, width: Int) {
    self.capacity = capacity
    self.width = width
    buffer = FloatBuffer(count: capacity * width)
  }

  /// The address of one position's numbers, to be used only while something else keeps this object alive.
  package subscript(position: Int) -> UnsafeMutablePointer<Float> {
    precondition(position >= 0 && position < capacity, "a position outside the buffer")
    return buffer.start + position * width
  }

  /// Lends one position's numbers.
  package func withNumbers<Result>(at position: Int, _ body: (UnsafeBufferPointer<Float>) -> Result) -> Result {
    withExtendedLifetime(self) { body(UnsafeBufferPointer(start: self[position], count: width)) }
  }

  /// A copy of one position's numbers.
  package func numbers(at position: Int) -> [Float] {
    withNumbers(at: position) { Array($0) }
  }

  /// The positions rounded to int8, valid for those last rounded.
  var int8: Int8Activations {
    if let rounded { return rounded }
    let made = Int8Activations(capacity: capacity, width: width)
    rounded = made
    return made
  }
}

/// Positions rounded to int8 in blocks of 32 with a scale each.
final class Int8Activations {
  /// Blocks of one position; the last is padded with zeros.
  let blocks: Int
  let values: UnsafeMutablePointer<Int8>  // [capacity][blocks][32]
  let scales: UnsafeMutablePointer<Float>  // [capacity][blocks]
  let sums: UnsafeMutablePointer<Int32>  // [capacity][blocks]

  init(capacity: Int, width: Int) {
    blocks = (width + 31) / 32
    let count = max(capacity * blocks, 1)
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: count * 32, alignment: 64)
    values = bytes.initializeMemory(as: Int8.self, repeating: 0, count: count * 32)
    scales = .allocate(capacity: count)
    scales.initialize(repeating: 0, count: count)
    sums = .allocate(capacity: count)
    sums.initialize(repeating: 0, count: count)
  }

  deinit {
    values.deallocate()
    scales.deallocate()
    sums.deallocate()
  }

  /// Rounds one position.
  func round(_ input: UnsafePointer<Float>, count: Int, position: Int, with kernels: Kernels) {
    var call = Quantization(
      input: input, values: values + position * blocks * 32, scales: scales + position * blocks,
      sums: sums + position * blocks, count: count)
    kernels.functions.quantize(&call)
  }
}
