import CKernels
import Kernels
import RandomNumbers
import TestSupport
import Testing

@Suite struct Int8ProductTests {
  private struct Case {
    var rows: Int
    var positions: Int
    var layout: Int8Layout
    var values: [Int8]
    var scales: [UInt16]
    var activations: [Int16]
    var activationScales: [Float]
    var compensations: [Int32]
    var precision: ActivationPrecision

    /// Random values, or those that make the largest sums.
    init(
      rows: Int, blocks: Int, positions: Int, isExtreme: Bool = false, precision: ActivationPrecision = .sixteenBits
    ) {
      var random = SplitMix64()
      (self.rows, self.positions, self.precision) = (rows, positions, precision)
      let largest = Int16(precision.largestInteger)
      layout = Int8Layout(rows: rows, columns: blocks * 32)
      values = isExtreme ? Array(repeating: -127, count: layout.valueCount) : random.int8s(layout.valueCount)
      scales = random.floats(layout.scaleCount, scale: 0.02).map { BFloat16Bits.bits(abs($0)) }
      activations =
        (0..<positions * blocks * 32).map { _ in
          isExtreme ? largest : Int16.random(in: -largest...largest, using: &random)
        }
      activationScales = random.floats(positions * blocks, scale: 0.004).map(abs)
      compensations = (0..<positions * blocks).map { [activations] block in
        activations[block * 32..<block * 32 + 32].reduce(0) { $0 - 128 * Int32($1) }
      }
    }

    func output(_ functions: KernelFunctions) -> [Float] {
      var output = [Float](repeating: .infinity, count: positions * (rows + 1))
      output.withUnsafeMutableBufferPointer { output in
        values.withUnsafeBufferPointer { values in
          scales.withUnsafeBufferPointer { scales in
            functions.activation_layout.bytes(activations).withUnsafeBytes { activations in
              activationScales.withUnsafeBufferPointer { activationScales in
                compensations.withUnsafeBufferPointer { compensations in
                  guard let output = output.baseAddress, let values = values.baseAddress,
                    let scales = scales.baseAddress, let activations = activations.baseAddress,
                    let activationScales = activationScales.baseAddress,
                    let compensations = compensations.baseAddress
                  else { return }
                  var call = Int8Product(
                    values: values, scales: scales, activations: activations, activation_scales: activationScales,
                    compensations: compensations, output: output, rows: rows, blocks: layout.blocks,
                    positions: positions, output_stride: rows + 1, are_bytes: precision == .eightBits)
                  functions.product_int8(&call)
                }
              }
            }
          }
        }
      }
      return output
    }
  }

  @Test(arguments: VectorUnit.available)
  func everyUnitGivesTheBitsOfPlainSwift(unit: VectorUnit) {
    for rows in [1, 15, 16, 17, 48, 50, 100] {
      for blocks in [1, 2, 5] {
        for positions in [1, 2, 3, 8, 16, 19, 33, 39] {
          for isExtreme in [false, true] {
            for precision in ActivationPrecision.allCases {
              let one = Case(
                rows: rows, blocks: blocks, positions: positions, isExtreme: isExtreme, precision: precision)
              let found = one.output(Kernels.of(unit).functions).bits
              #expect(
                found == one.output(Kernels.plain.functions).bits,
                "\(unit) [\(rows), \(blocks) blocks] · \(positions), \(precision), seed \(SplitMix64.testSeed)")
            }
          }
        }
      }
    }
  }

  /// Of so many weights only some stay in a cache while all positions go by.
  @Test(arguments: VectorUnit.available, ActivationPrecision.allCases)
  func largeMatricesAreGoneThroughInParts(unit: VectorUnit, precision: ActivationPrecision) {
    for (rows, blocks, positions) in [(280, 32, 33), (152, 96, 40)] {
      let one = Case(rows: rows, blocks: blocks, positions: positions, precision: precision)
      #expect(
        one.output(Kernels.of(unit).functions).bits == one.output(Kernels.plain.functions).bits,
        "\(unit) [\(rows), \(blocks) blocks] · \(positions), seed \(SplitMix64.testSeed)")
    }
  }

  @Test func plainSwiftIsTheProduct() {
    let one = Case(rows: 37, blocks: 3, positions: 2)
    let found = one.output(Kernels.plain.functions)
    for position in 0..<2 {
      for row in 0..<37 {
        var exact = 0.0
        for column in 0..<96 {
          let weight =
            Double(one.values[one.layout.valueIndex(row: row, column: column)])
            * Double(BFloat16Bits.float(one.scales[one.layout.scaleIndex(row: row, column: column)]))
          let block = position * 3 + column / 32
          exact += weight * Double(one.activations[block * 32 + column % 32]) * Double(one.activationScales[block])
        }
        #expect(abs(Double(found[position * 38 + row]) - exact) < 1e-3, "row \(row), seed \(SplitMix64.testSeed)")
      }
    }
  }

  @Test func everyWeightHasItsPlace() {
    for (rows, columns) in [(1, 1), (16, 32), (17, 33), (40, 100)] {
      let layout = Int8Layout(rows: rows, columns: columns)
      var seen: Set<Int> = []
      for row in 0..<rows {
        for column in 0..<columns { seen.insert(layout.valueIndex(row: row, column: column)) }
      }
      #expect(seen.count == rows * columns)
      #expect(seen.max() ?? 0 < layout.valueCount)
      #expect(layout.scaleIndex(row: rows - 1, column: columns - 1) < layout.scaleCount)
      #expect(layout.byteCount == layout.valueCount + 2 * layout.scaleCount)
    }
  }

  @Test func weightsAreOffByHalfAScaleAtMost() {
    var random = SplitMix64()
    for (rows, columns) in [(1, 1), (5, 31), (16, 64), (33, 100)] {
      let layout = Int8Layout(rows: rows, columns: columns)
      var values = [Int8](repeating: 99, count: layout.valueCount)
      var scales = [UInt16](repeating: 0, count: layout.scaleCount)
      let weights = (0..<rows).map { _ in random.floats(columns, scale: 3) }
      for (row, numbers) in weights.enumerated() {
        numbers.withUnsafeBufferPointer { numbers in
          values.withUnsafeMutableBufferPointer { values in
            scales.withUnsafeMutableBufferPointer { scales in
              guard let values = values.baseAddress, let scales = scales.baseAddress else { return }
              Int8Quantizer.quantize(row: row, numbers, layout: layout, values: values, scales: scales)
            }
          }
        }
      }
      for row in 0..<rows {
        for column in 0..<layout.blocks * 32 {
          let value = values[layout.valueIndex(row: row, column: column)]
          let scale = BFloat16Bits.float(scales[layout.scaleIndex(row: row, column: column)])
          let exact = column < columns ? weights[row][column] : 0
          #expect(abs(Float(value) * scale - exact) <= scale * 0.5001, "[\(rows), \(columns)] \(row), \(column)")
          #expect(value >= -127)
        }
      }
    }
  }
}
