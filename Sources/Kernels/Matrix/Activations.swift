import CKernels

/// One vector of equal width per position: what flows between the matrices.
package final class Activations {
  /// The positions it has room for.
  package let capacity: Int
  /// Numbers of one position.
  package let width: Int
  private let buffer: FloatBuffer  // [capacity][width]
  /// The same positions rounded for int8 weights; made at the first use.
  private var integers: RoundedActivations?

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

  /// Puts one position's numbers in the place of others, in the same memory where there were as many.
  package func copyNumbers(at position: Int, to numbers: inout [Float]) {
    withNumbers(at: position) { found in
      guard numbers.count == found.count else { return numbers = Array(found) }
      numbers.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: found) }
    }
  }

  /// The positions rounded for int8 weights, valid for those last rounded.
  var rounded: RoundedActivations {
    if let integers { return integers }
    let made = RoundedActivations(capacity: capacity, width: width)
    integers = made
    return made
  }
}
