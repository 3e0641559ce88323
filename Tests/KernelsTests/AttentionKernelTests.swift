import CKernels
import Foundation
import Kernels
import Testing

@Suite struct AttentionKernelTests {
  /// Some positions of one sequence, with the keys and values of all before them.
  private struct Case {
    var heads: Int
    var size: Int
    var first: Int
    var positions: Int
    var queries: [Float]  // [positions][heads][size]
    var keys: [Float]  // [first + positions][size]
    var values: [Float]  // [first + positions][size]

    init(heads: Int, size: Int, first: Int, positions: Int) {
      var random = RandomNumbers()
      (self.heads, self.size, self.first, self.positions) = (heads, size, first, positions)
      queries = random.floats(positions * heads * size, scale: 3)
      keys = random.floats((first + positions) * size, scale: 3)
      values = random.floats((first + positions) * size)
    }

    /// The blocks as a cache has them, behind some numbers of others; what was never written is not a number.
    private func blocks(_ keyOffset: Int, _ valueOffset: Int) -> [FloatBuffer] {
      (0..<(first + positions + 15) / 16).map { block in
        let buffer = FloatBuffer(count: valueOffset + 16 * size)
        buffer.start.update(repeating: .nan, count: buffer.count)
        for lane in 0..<16 where block * 16 + lane < first + positions {
          for index in 0..<size {
            buffer.start[keyOffset + index * 16 + lane] = keys[(block * 16 + lane) * size + index]
            buffer.start[valueOffset + lane * size + index] = values[(block * 16 + lane) * size + index]
          }
        }
        return buffer
      }
    }

    func output(_ functions: KernelFunctions, positions range: Range<Int>? = nil) -> [Float] {
      let range = range ?? 0..<positions
      var output = [Float](repeating: .infinity, count: range.count * heads * size)
      let buffers = blocks(3, 5 + 16 * size)
      let addresses = buffers.map { UnsafePointer($0.start) }
      queries.withUnsafeBufferPointer { queries in
        addresses.withUnsafeBufferPointer { addresses in
          output.withUnsafeMutableBufferPointer { output in
            guard let queries = queries.baseAddress, let addresses = addresses.baseAddress,
              let output = output.baseAddress
            else { return }
            var call = Attention(
              queries: queries + range.lowerBound * heads * size, output: output, blocks: addresses, key_offset: 3,
              value_offset: 5 + 16 * size, positions: range.count, heads: heads, head_size: size,
              query_stride: heads * size, output_stride: heads * size, first_position: first + range.lowerBound,
              scale: 1 / Float(size).squareRoot())
            withExtendedLifetime(buffers) { functions.attend(&call) }
          }
        }
      }
      return output
    }

    /// Softmax over all positions at once, in binary64.
    func exact(_ position: Int, _ head: Int) -> [Double] {
      let query = queries[(position * heads + head) * size..<(position * heads + head + 1) * size]
      let scores = (0...first + position).map { other in
        zip(query, keys[other * size..<(other + 1) * size]).reduce(0) { $0 + Double($1.0) * Double($1.1) }
          / Double(size).squareRoot()
      }
      let largest = scores.max() ?? 0
      let weights = scores.map { exp($0 - largest) }
      let total = weights.reduce(0, +)
      return (0..<size).map { index in
        weights.indices.reduce(0) { $0 + weights[$1] * Double(values[$1 * size + index]) } / total
      }
    }
  }

  private static let cases = [
    (1, 16, 0, 1), (2, 10, 0, 20), (3, 32, 15, 2), (4, 8, 16, 17), (5, 48, 40, 9), (8, 20, 100, 5), (40, 16, 30, 3),
  ]

  @Test(arguments: VectorUnit.available)
  func everyUnitGivesTheBitsOfPlainSwift(unit: VectorUnit) {
    for (heads, size, first, positions) in Self.cases {
      let one = Case(heads: heads, size: size, first: first, positions: positions)
      let found = one.output(Kernels.of(unit).functions)
      let place = "\(unit), \(heads) heads of \(size), \(positions) after \(first), seed \(RandomNumbers.seed)"
      #expect(found.bits == one.output(Kernels.plain.functions).bits, "\(place)")
      for position in 0..<positions {
        let alone = one.output(Kernels.of(unit).functions, positions: position..<position + 1)
        let together = Array(found[position * heads * size..<(position + 1) * heads * size])
        #expect(alone.bits == together.bits, "\(place), position \(position) alone")
      }
    }
  }

  @Test func plainSwiftIsSoftmaxAttention() {
    for (heads, size, first, positions) in Self.cases {
      let one = Case(heads: heads, size: size, first: first, positions: positions)
      let found = one.output(Kernels.plain.functions)
      for position in 0..<positions {
        for head in 0..<heads {
          let start = (position * heads + head) * size
          for (index, exact) in one.exact(position, head).enumerated() {
            #expect(
              abs(Double(found[start + index]) - exact) < 3e-6,
              "\(heads) heads of \(size), \(first) + \(position), head \(head), seed \(RandomNumbers.seed)")
          }
        }
      }
    }
  }
}
