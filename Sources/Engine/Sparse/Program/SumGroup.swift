extension SparseProgram {
  /// Sums of one length: base + (weight · register, added in order).
  struct SumGroup: Sendable {
    let length: Int
    let count: Int
    /// The first sum's register; the others follow.
    let destination: Int
    let firstBase: Int
    let firstProduct: Int
  }

  /// A register times a weight.
  struct PackedProduct: Sendable {
    let weight: Double
    let register: Int32
  }
}

extension SparseProgram.SumGroup {
  typealias Bases = UnsafeBufferPointer<Int32>
  typealias Products = UnsafeBufferPointer<SparseProgram.PackedProduct>
  typealias Registers = UnsafeMutableBufferPointer<Double>

  /// Computes the sums. The products are added to each other first, as the dense engine adds a change to the stream.
  @inline(__always)
  func add(_ bases: Bases, _ products: Products, _ registers: Registers) {
    switch length {
    case 1: addSingles(bases, products, registers)
    case 2: addPairs(bases, products, registers)
    default: addRows(bases, products, registers)
    }
  }

  @inline(__always)
  private func addSingles(_ bases: Bases, _ products: Products, _ registers: Registers) {
    for sum in 0..<count {
      put(sum, products.value(firstProduct + sum, registers), bases, registers)
    }
  }

  @inline(__always)
  private func addPairs(_ bases: Bases, _ products: Products, _ registers: Registers) {
    for sum in 0..<count {
      let first = firstProduct + 2 * sum
      put(sum, products.value(first, registers) + products.value(first + 1, registers), bases, registers)
    }
  }

  /// Four rows at a time: each adds its products one after the other, but they need not wait for each other.
  @inline(__always)
  private func addRows(_ bases: Bases, _ products: Products, _ registers: Registers) {
    var sum = 0
    var row = firstProduct
    while sum + 4 <= count {
      var results = (0.0, 0.0, 0.0, 0.0)
      for index in row..<row + length {
        results.0 += products.value(index, registers)
        results.1 += products.value(index + length, registers)
        results.2 += products.value(index + 2 * length, registers)
        results.3 += products.value(index + 3 * length, registers)
      }
      put(sum, results.0, bases, registers)
      put(sum + 1, results.1, bases, registers)
      put(sum + 2, results.2, bases, registers)
      put(sum + 3, results.3, bases, registers)
      sum += 4
      row += 4 * length
    }
    while sum < count {
      var result = 0.0
      for index in row..<row + length { result += products.value(index, registers) }
      put(sum, result, bases, registers)
      sum += 1
      row += length
    }
  }

  @inline(__always)
  private func put(_ sum: Int, _ result: Double, _ bases: Bases, _ registers: Registers) {
    registers[destination + sum] = registers[Int(bases[firstBase + sum])] + result
  }
}

extension UnsafeBufferPointer<SparseProgram.PackedProduct> {
  /// One product.
  @inline(__always)
  fileprivate func value(_ index: Int, _ registers: UnsafeMutableBufferPointer<Double>) -> Double {
    self[index].weight * registers[Int(self[index].register)]
  }
}
