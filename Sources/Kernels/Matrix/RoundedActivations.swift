import CKernels

/// Positions rounded to blocks of 32 integers of at most sixteen bits with a scale each, in the layout of the kernels that did it.
final class RoundedActivations {
  /// Bytes of a block.
  static let blockBytes = 64

  /// Blocks of one position; the last is padded with zeros.
  let blocks: Int
  let values: UnsafeMutableRawPointer  // [capacity][blocks][64 bytes]
  let scales: UnsafeMutablePointer<Float>  // [capacity][blocks]
  let compensations: UnsafeMutablePointer<Int32>  // [capacity][blocks]
  /// To what positions are rounded; what was rounded to another precision must not be read any more.
  var precision = ActivationPrecision.sixteenBits

  init(capacity: Int, width: Int) {
    blocks = (width + 31) / 32
    let count = max(capacity * blocks, 1)
    values = .allocate(byteCount: count * Self.blockBytes, alignment: 64)
    values.initializeMemory(as: UInt8.self, repeating: 0, count: count * Self.blockBytes)
    scales = .allocate(capacity: count)
    scales.initialize(repeating: 0, count: count)
    compensations = .allocate(capacity: count)
    compensations.initialize(repeating: 0, count: count)
  }

  deinit {
    values.deallocate()
    scales.deallocate()
    compensations.deallocate()
  }

  /// Rounds one position.
  func round(_ input: UnsafePointer<Float>, count: Int, position: Int, with kernels: Kernels) {
    var call = Rounding(
      input: input, values: values + position * blocks * Self.blockBytes, scales: scales + position * blocks,
      compensations: compensations + position * blocks, count: count, largest_integer: precision.largestInteger)
    kernels.functions.round(&call)
  }
}
