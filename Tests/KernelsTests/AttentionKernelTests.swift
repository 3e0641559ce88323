import CKernels
import Foundation
import Kernels
import RandomNumbers
import TestSupport
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
      var random = SplitMix64()
      (self.heads, self.size, self.first, self.positions) = (heads, size, first, positions)
      queries = random.floats(positions * heads * size, scale: 3)
      keys = random.floats((first + positions) * size, scale: 3)
      values = random.floats((first + positions) * size)
    }

    /// The blocks as a cache has them, behind some bytes of others; what was never written is not a number.
    ///
    /// int8 keys and values are numbers of these, rounded, with scales that are powers of two.
    private func blocks(_ format: KeyValueFormat) -> [Data] {
      (0..<(first + positions + 15) / 16).map { block in
        var data = Data(repeating: 0xff, count: Self.layout(size).end)
        for lane in 0..<16 where block * 16 + lane < first + positions {
          let position = block * 16 + lane
          for index in 0..<size {
            let width = Self.width(format)
            data.write(
              keys[position * size + index], format, scale: scale(position),
              at: Self.layout(size).key + (index * 16 + lane) * width)
            data.write(
              values[position * size + index], format, scale: scale(position + 1),
              at: Self.layout(size).value + (lane * size + index) * width)
          }
          data.write(scale(position), .float32, at: Self.layout(size).keyScale + lane * 4)
          data.write(scale(position + 1), .float32, at: Self.layout(size).valueScale + lane * 4)
        }
        return data
      }
    }

    private func scale(_ position: Int) -> Float { [0x1p-5, 0x1p-6, 0x1p-4][position % 3] }

    private static func width(_ format: KeyValueFormat) -> Int {
      switch format {
      case .float32: 4
      case .bFloat16: 2
      case .int8: 1
      }
    }

    /// Offsets in bytes, with room for binary32.
    private static func layout(_ size: Int) -> (key: Int, value: Int, keyScale: Int, valueScale: Int, end: Int) {
      let count = 64 * size
      return (12, 20 + count, 28 + 2 * count, 100 + 2 * count, 164 + 2 * count)
    }

    /// The same with keys and values as they are stored.
    func stored(_ format: KeyValueFormat) -> Case {
      var copy = self
      for position in 0..<first + positions {
        for place in position * size..<(position + 1) * size {
          copy.keys[place] = Data.stored(keys[place], format, scale(position))
          copy.values[place] = Data.stored(values[place], format, scale(position + 1))
        }
      }
      return copy
    }

    func output(
      _ functions: KernelFunctions, _ format: KeyValueFormat = .float32, positions range: Range<Int>? = nil
    ) -> [Float] {
      let range = range ?? 0..<positions
      var output = [Float](repeating: .infinity, count: range.count * heads * size)
      let offsets = Self.layout(size)
      let buffers = blocks(format).map { NSData(data: $0) }
      let addresses = buffers.map(\.bytes)
      queries.withUnsafeBufferPointer { queries in
        addresses.withUnsafeBufferPointer { addresses in
          output.withUnsafeMutableBufferPointer { output in
            guard let queries = queries.baseAddress, let addresses = addresses.baseAddress,
              let output = output.baseAddress
            else { return }
            var call = Attention(
              queries: queries + range.lowerBound * heads * size, output: output, blocks: addresses,
              key_offset: offsets.key, value_offset: offsets.value, key_scale_offset: offsets.keyScale,
              value_scale_offset: offsets.valueScale, positions: range.count, heads: heads, head_size: size,
              query_stride: heads * size, output_stride: heads * size, first_position: first + range.lowerBound,
              scale: 1 / Float(size).squareRoot(), format: format)
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

  @Test(arguments: VectorUnit.available, [KeyValueFormat.float32, .bFloat16, .int8])
  func everyUnitGivesTheBitsOfPlainSwift(unit: VectorUnit, format: KeyValueFormat) {
    for (heads, size, first, positions) in Self.cases {
      let one = Case(heads: heads, size: size, first: first, positions: positions)
      let found = one.output(Kernels.of(unit).functions, format)
      let place = "\(unit), \(heads) heads of \(size), \(positions) after \(first), seed \(SplitMix64.testSeed)"
      #expect(found.bits == one.output(Kernels.plain.functions, format).bits, "\(place)")
      for position in 0..<positions {
        let alone = one.output(Kernels.of(unit).functions, format, positions: position..<position + 1)
        let together = Array(found[position * heads * size..<(position + 1) * heads * size])
        #expect(alone.bits == together.bits, "\(place), position \(position) alone")
      }
    }
  }

  @Test(arguments: [KeyValueFormat.float32, .bFloat16, .int8])
  func plainSwiftIsSoftmaxAttention(format: KeyValueFormat) {
    for (heads, size, first, positions) in Self.cases {
      let one = Case(heads: heads, size: size, first: first, positions: positions)
      let stored = one.stored(format)
      let found = one.output(Kernels.plain.functions, format)
      for position in 0..<positions {
        for head in 0..<heads {
          let start = (position * heads + head) * size
          for (index, exact) in stored.exact(position, head).enumerated() {
            #expect(
              abs(Double(found[start + index]) - exact) < 3e-6,
              "\(heads) heads of \(size), \(first) + \(position), head \(head), seed \(SplitMix64.testSeed)")
          }
        }
      }
    }
  }
}

extension Data {
  /// What a number is after it was stored.
  fileprivate static func stored(_ number: Float, _ format: KeyValueFormat, _ scale: Float) -> Float {
    switch format {
    case .float32: number
    case .bFloat16: BFloat16Bits.float(BFloat16Bits.bits(number))
    case .int8: Swift.max(-127, Swift.min(127, (number / scale).rounded())) * scale
    }
  }

  /// Stores a number.
  fileprivate mutating func write(_ number: Float, _ format: KeyValueFormat, scale: Float = 1, at offset: Int) {
    let bytes: [UInt8] =
      switch format {
      case .float32: Swift.withUnsafeBytes(of: number) { Array($0) }
      case .bFloat16: Swift.withUnsafeBytes(of: BFloat16Bits.bits(number)) { Array($0) }
      case .int8: [UInt8(bitPattern: Int8(Self.stored(number, format, scale) / scale))]
      }
    replaceSubrange(offset..<offset + bytes.count, with: bytes)
  }
}
