import CKernels
import Foundation
import Kernels
import RandomNumbers
import TestSupport
import Testing

/// The kernels over the numbers of one position.
@Suite struct ElementKernelTests {
  static let counts = [1, 5, 15, 16, 17, 31, 32, 33, 64, 100, 128]

  private func normalized(
    _ functions: KernelFunctions, _ residual: [Float], adding addend: [Float]?, _ weight: [Float]
  ) -> (residual: [Float], output: [Float]) {
    var residual = residual
    var output = [Float](repeating: 0, count: residual.count)
    let count = residual.count
    residual.withUnsafeMutableBufferPointer { residual in
      output.withUnsafeMutableBufferPointer { output in
        weight.withUnsafeBufferPointer { weight in
          (addend ?? []).withUnsafeBufferPointer { numbers in
            guard let residual = residual.baseAddress, let output = output.baseAddress, let weight = weight.baseAddress
            else { return }
            var call = Normalization(
              residual: residual, addend: addend == nil ? nil : numbers.baseAddress, weight: weight, output: output,
              count: count, epsilon: 1e-6)
            functions.normalize(&call)
          }
        }
      }
    }
    return (residual, output)
  }

  @Test(arguments: VectorUnit.available)
  func normalizationGivesTheBitsOfPlainSwift(unit: VectorUnit) {
    var random = SplitMix64()
    for count in Self.counts {
      let (residual, addend, weight) = (random.floats(count, scale: 4), random.floats(count), random.floats(count))
      for added in [nil, addend] {
        let found = normalized(Kernels.of(unit).functions, residual, adding: added, weight)
        let expected = normalized(Kernels.plain.functions, residual, adding: added, weight)
        #expect(found.residual.bits == expected.residual.bits, "\(unit), \(count), seed \(SplitMix64.testSeed)")
        #expect(found.output.bits == expected.output.bits, "\(unit), \(count), seed \(SplitMix64.testSeed)")
      }
    }
  }

  /// With numbers near the root of epsilon, where it counts, too.
  @Test(arguments: VectorUnit.available, [4, 1e-3] as [Float])
  func normalizationIsItsFormula(unit: VectorUnit, scale: Float) {
    var random = SplitMix64()
    let (residual, addend) = (random.floats(70, scale: scale), random.floats(70, scale: scale))
    let weight = random.floats(70)
    let found = normalized(Kernels.of(unit).functions, residual, adding: addend, weight)
    let sum = zip(residual, addend).map { $0 + $1 }
    #expect(found.residual == sum)
    let mean = sum.reduce(0) { $0 + Double($1) * Double($1) } / 70
    for index in sum.indices {
      let exact = Double(sum[index]) / (mean + 1e-6).squareRoot() * Double(weight[index])
      #expect(abs(Double(found.output[index]) - exact) < 1e-6, "\(index), seed \(SplitMix64.testSeed)")
    }
  }

  /// The reference casts the normalised residual to the type of the activations and then multiplies by the weight. In
  /// binary32 that cast changes nothing, so that the order of the two products is all that is left of it: their last bits.
  @Test(arguments: VectorUnit.available)
  func theWeightIsMultipliedAfterTheRoundingOfTheNormalizedValue(unit: VectorUnit) {
    var random = SplitMix64()
    // The squares of small integers add up exactly in any order.
    let residual = (0..<64).map { _ in Float(Int.random(in: -9...9, using: &random)) }
    let weight = random.floats(64)
    let mean = residual.reduce(0) { $0 + $1 * $1 } / 64
    let factor = 1 / (mean + 1e-6).squareRoot()
    let found = normalized(Kernels.of(unit).functions, residual, adding: nil, weight).output
    let expected = zip(residual, weight).map { ($0 * factor) * $1 }
    #expect(found.bits == expected.bits, "seed \(SplitMix64.testSeed)")
    // Or this could not fail.
    #expect(zip(residual, weight).map { $0 * (factor * $1) } != expected, "seed \(SplitMix64.testSeed)")
  }

  @Test(arguments: VectorUnit.available)
  func rotationGivesTheBitsOfPlainSwift(unit: VectorUnit) {
    var random = SplitMix64()
    for half in [1, 5, 8, 16, 20, 64] {
      let (vector, cosine, sine) = (random.floats(2 * half), random.floats(half), random.floats(half))
      let found = rotated(Kernels.of(unit).functions, vector, cosine, sine)
      #expect(
        found.bits == rotated(Kernels.plain.functions, vector, cosine, sine).bits,
        "\(unit), \(half), seed \(SplitMix64.testSeed)")
      for index in 0..<half {
        let first = vector[index] * cosine[index] - vector[half + index] * sine[index]
        let second = vector[half + index] * cosine[index] + vector[index] * sine[index]
        #expect(abs(found[index] - first) < 1e-6 && abs(found[half + index] - second) < 1e-6)
      }
    }
  }

  private func rotated(
    _ functions: KernelFunctions, _ vector: [Float], _ cosine: [Float], _ sine: [Float]
  ) -> [Float] {
    var vector = vector
    vector.withUnsafeMutableBufferPointer { vector in
      cosine.withUnsafeBufferPointer { cosine in
        sine.withUnsafeBufferPointer { sine in
          guard let vector = vector.baseAddress, let cosines = cosine.baseAddress, let sines = sine.baseAddress
          else { return }
          var call = Rotation(vector: vector, cosine: cosines, sine: sines, half: cosine.count)
          functions.rotate(&call)
        }
      }
    }
    return vector
  }

  @Test(arguments: VectorUnit.available, [ActivationFunction.silu, .gelu, .geluTanh, .relu])
  func activationGivesTheBitsOfPlainSwift(unit: VectorUnit, function: ActivationFunction) {
    var random = SplitMix64()
    for count in Self.counts {
      let (gate, up) = (random.floats(count, scale: 12), random.floats(count))
      for factor in [nil, up] {
        let found = activated(Kernels.of(unit).functions, function, gate, factor)
        let expected = activated(Kernels.plain.functions, function, gate, factor)
        #expect(found.bits == expected.bits, "\(unit), \(count), seed \(SplitMix64.testSeed)")
      }
    }
  }

  @Test func activationsAreTheirFormulas() {
    let gate = (-400...400).map { Float($0) / 32 } + [-100, -88, 88, 100]
    let formulas: [(ActivationFunction, (Double) -> Double)] = [
      (.silu, { $0 / (1 + exp(-$0)) }),
      (.gelu, { $0 * erfc(-$0 / 2.0.squareRoot()) / 2 }),
      (.geluTanh, { $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) / 2 }),
      (.relu, { max($0, 0) }),
    ]
    for (function, formula) in formulas {
      let found = activated(Kernels.plain.functions, function, gate, nil)
      for (x, y) in zip(gate, found) {
        #expect(abs(Double(y) - formula(Double(x))) <= 2e-7 * max(1, abs(Double(x))), "function \(function) of \(x)")
      }
    }
  }

  private func activated(
    _ functions: KernelFunctions, _ function: ActivationFunction, _ gate: [Float], _ up: [Float]?
  ) -> [Float] {
    var output = gate
    output.withUnsafeMutableBufferPointer { output in
      (up ?? []).withUnsafeBufferPointer { factor in
        guard let start = output.baseAddress else { return }
        var call = Activation(
          gate: start, up: up == nil ? nil : factor.baseAddress, output: start, count: output.count, function: function)
        functions.activate(&call)
      }
    }
    return output
  }

  @Test(arguments: VectorUnit.available, ActivationPrecision.allCases)
  func roundingGivesTheIntegersOfPlainSwift(unit: VectorUnit, precision: ActivationPrecision) {
    var random = SplitMix64()
    for count in Self.counts {
      var input = random.floats(count, scale: 10)
      if count > 40 { for index in 32..<count { input[index] *= 1e-35 } }
      let found = rounded(Kernels.of(unit).functions, input, to: precision)
      let expected = rounded(Kernels.plain.functions, input, to: precision)
      #expect(found.values == expected.values, "\(unit), \(precision), \(count), seed \(SplitMix64.testSeed)")
      #expect(found.scales.bits == expected.scales.bits)
      #expect(found.compensations == expected.compensations)
      for (block, compensation) in found.compensations.enumerated() {
        #expect(compensation == found.values[block * 32..<block * 32 + 32].reduce(0) { $0 - 128 * Int32($1) })
      }
      for (index, number) in input.enumerated() {
        let back = Float(found.values[index]) * found.scales[index / 32]
        #expect(abs(back - number) <= found.scales[index / 32] * 0.51 + 0x1p-100)
      }
      #expect(found.values.dropFirst(count).allSatisfy { $0 == 0 })
      #expect(found.values.allSatisfy { abs(Float($0)) <= precision.largestInteger })
    }
  }

  @Test(arguments: VectorUnit.available, ActivationPrecision.allCases)
  func numbersThatAreNotFiniteStayIn(unit: VectorUnit, precision: ActivationPrecision) {
    for number in [Float.infinity, -.infinity, .nan, Float(bitPattern: 0x7fc0_abcd)] {
      for place in [0, 31, 40] {
        var input = [Float](repeating: 1e-38, count: 64)
        input[place] = number
        let scales = rounded(Kernels.of(unit).functions, input, to: precision).scales
        #expect(scales.map(\.isNaN) == [place < 32, place >= 32], "\(unit), \(number) at \(place)")
      }
    }
    let largest = [Float](repeating: .greatestFiniteMagnitude, count: 32)
    let scales = rounded(Kernels.of(unit).functions, largest, to: precision).scales
    #expect(scales == [.greatestFiniteMagnitude / precision.largestInteger])
  }

  private func rounded(
    _ functions: KernelFunctions, _ input: [Float], to precision: ActivationPrecision
  ) -> (values: [Int16], scales: [Float], compensations: [Int32]) {
    let blocks = (input.count + 31) / 32
    var values = [UInt8](repeating: 1, count: blocks * 64)
    var scales = [Float](repeating: -1, count: blocks)
    var compensations = [Int32](repeating: -1, count: blocks)
    input.withUnsafeBufferPointer { input in
      values.withUnsafeMutableBytes { values in
        scales.withUnsafeMutableBufferPointer { scales in
          compensations.withUnsafeMutableBufferPointer { compensations in
            guard let start = input.baseAddress, let values = values.baseAddress, let scales = scales.baseAddress,
              let compensations = compensations.baseAddress
            else { return }
            var call = Rounding(
              input: start, values: values, scales: scales, compensations: compensations, count: input.count,
              largest_integer: precision.largestInteger)
            functions.round(&call)
          }
        }
      }
    }
    return (functions.activation_layout.integers(values), scales, compensations)
  }
}
