import CKernels
import Kernels
import RandomNumbers
import TestSupport
import Testing

@Suite struct DenseProductTests {
  /// How the weights of a case are stored.
  enum Element: CaseIterable {
    case float32, bfloat16, float16
  }

  private struct Case {
    var rows: Int
    var columns: Int
    var positions: Int
    var weights: [UInt8]
    /// The weights as they should be understood.
    var numbers: [Float]
    var activations: [Float]
    var element: Element

    init(_ element: Element, rows: Int, columns: Int, positions: Int) {
      var random = SplitMix64()
      (self.rows, self.columns, self.positions, self.element) = (rows, columns, positions, element)
      activations = random.floats(positions * columns)
      switch element {
      case .float32:
        numbers = random.floats(rows * columns)
        weights = numbers.withUnsafeBytes(Array.init)
      case .bfloat16, .float16:
        let stored = random.storedFloats(rows * columns)
        numbers = stored.map(element == .bfloat16 ? BFloat16Bits.float : Float16Bits.float)
        weights = stored.withUnsafeBytes(Array.init)
      }
    }

    /// The output with one number between the positions that must stay.
    func output(_ functions: KernelFunctions, positions range: Range<Int>? = nil) -> [Float] {
      let range = range ?? 0..<positions
      var output = [Float](repeating: .infinity, count: range.count * (rows + 1))
      weights.withUnsafeBytes { weights in
        activations.withUnsafeBufferPointer { activations in
          output.withUnsafeMutableBufferPointer { output in
            guard let weights = weights.baseAddress, let activations = activations.baseAddress,
              let output = output.baseAddress
            else { return }
            var call = DenseProduct(
              weights: weights, activations: activations + range.lowerBound * columns, output: output, rows: rows,
              columns: columns, positions: range.count, output_stride: rows + 1)
            switch element {
            case .float32: functions.product_f32(&call)
            case .bfloat16: functions.product_bf16(&call)
            case .float16: functions.product_f16(&call)
            }
          }
        }
      }
      return output
    }
  }

  static let shapes = [1, 2, 3, 4, 7, 16, 35].flatMap { rows in
    [1, 15, 16, 17, 40, 64, 131].map { (rows, $0) }
  }

  @Test(arguments: VectorUnit.available, Element.allCases)
  func everyUnitGivesTheBitsOfPlainSwift(unit: VectorUnit, element: Element) {
    for (rows, columns) in Self.shapes {
      for positions in [1, 2, 3, 4, 5, 9] {
        let one = Case(element, rows: rows, columns: columns, positions: positions)
        let found = one.output(Kernels.of(unit).functions)
        let expected = one.output(Kernels.plain.functions)
        #expect(
          found.bits == expected.bits, "\(unit) [\(rows), \(columns)] · \(positions), seed \(SplitMix64.testSeed)")
        if positions > 1 {
          let last = one.output(Kernels.of(unit).functions, positions: positions - 1..<positions)
          #expect(Array(found.suffix(rows + 1)).bits == last.bits, "\(unit) alone [\(rows), \(columns)] · \(positions)")
        }
      }
    }
  }

  @Test(arguments: Element.allCases)
  func plainSwiftIsTheProduct(element: Element) {
    for (rows, columns) in Self.shapes {
      let one = Case(element, rows: rows, columns: columns, positions: 3)
      let found = one.output(Kernels.plain.functions)
      for position in 0..<3 {
        for row in 0..<rows {
          let pairs = (0..<columns).map { column in
            (Double(one.numbers[row * columns + column]), Double(one.activations[position * columns + column]))
          }
          let exact = pairs.reduce(0) { $0 + $1.0 * $1.1 }
          let size = pairs.reduce(1e-30) { $0 + abs($1.0 * $1.1) }
          let error = abs(Double(found[position * (rows + 1) + row]) - exact) / size
          #expect(error < 2e-6, "\(element) row \(row) of [\(rows), \(columns)], seed \(SplitMix64.testSeed)")
        }
        #expect(found[position * (rows + 1) + rows] == .infinity, "the number after the rows was written")
      }
    }
  }

  @Test func storedFloatsAreReadExactly() {
    #expect(BFloat16Bits.float(0x3fc0) == 1.5)
    #expect(BFloat16Bits.float(0x0001) == Float(bitPattern: 0x1_0000))
    #expect(BFloat16Bits.float(0xff80) == -.infinity)
    #expect(BFloat16Bits.float(0x7fc1).isNaN)
    for (bits, number) in [
      (0x3c00, 1), (0xc000, -2), (0x7bff, 65504), (0x0400, 0x1p-14), (0x0001, 0x1p-24), (0x03ff, 0x1.ff8p-15),
      (0x7c00, .infinity), (0xfc00, -.infinity), (0x8000, -0.0),
    ] as [(UInt16, Float)] {
      #expect(Float16Bits.float(bits).bitPattern == number.bitPattern)
    }
    #expect(Float16Bits.float(0x7e00).isNaN)
  }

  @Test func roundingToBFloat16IsToNearestEven() {
    #expect(BFloat16Bits.bits(1) == 0x3f80)
    #expect(BFloat16Bits.bits(Float(bitPattern: 0x3f80_8000)) == 0x3f80)
    #expect(BFloat16Bits.bits(Float(bitPattern: 0x3f81_8000)) == 0x3f82)
    #expect(BFloat16Bits.bits(Float(bitPattern: 0x3f80_8001)) == 0x3f81)
    #expect(BFloat16Bits.bits(.greatestFiniteMagnitude) == 0x7f80)
    #expect(BFloat16Bits.bits(-.infinity) == 0xff80)
    #expect(BFloat16Bits.float(BFloat16Bits.bits(.nan)).isNaN)
  }
}
