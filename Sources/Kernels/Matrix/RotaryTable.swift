import Foundation

/// Cosines and sines of the rotary angles, position by position, made as they are needed.
package final class RotaryTable {
  /// Angles of one position: half a head.
  package var half: Int { frequencies.count }
  /// The positions that have angles.
  package private(set) var positions = 0
  private let frequencies: [Float]
  private let factor: Float
  private var cosines = FloatBuffer(count: 0)  // [positions][half]
  private var sines = FloatBuffer(count: 0)  // [positions][half]

  /// The table for inverse frequencies: the angle is position · frequency in binary32, and its cosine and sine, computed
  /// in binary64 and rounded, are multiplied by `factor`.
  package init(frequencies: [Float], factor: Float = 1) {
    self.frequencies = frequencies
    self.factor = factor
  }

  /// Makes the angles of all positions below a number.
  package func reserve(_ count: Int) {
    guard count > positions else { return }
    let grown = max(count, positions * 2, 256)
    let cosines = FloatBuffer(count: grown * half)
    let sines = FloatBuffer(count: grown * half)
    cosines.start.update(from: self.cosines.start, count: positions * half)
    sines.start.update(from: self.sines.start, count: positions * half)
    for position in positions..<grown {
      for (index, frequency) in frequencies.enumerated() {
        let angle = Double(Float(position) * frequency)
        cosines.start[position * half + index] = Float(cos(angle)) * factor
        sines.start[position * half + index] = Float(sin(angle)) * factor
      }
    }
    (self.cosines, self.sines, positions) = (cosines, sines, grown)
  }

  /// The cosines and sines of a position, which must have been reserved.
  package subscript(position: Int) -> (cosine: UnsafePointer<Float>, sine: UnsafePointer<Float>) {
    precondition(position >= 0 && position < positions, "a position without angles")
    return (UnsafePointer(cosines.start + position * half), UnsafePointer(sines.start + position * half))
  }
}
