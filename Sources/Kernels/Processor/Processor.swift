/// The kernels and the threads that a model computes with.
package struct Processor: Sendable {
  package let kernels: Kernels
  package let pool: ThreadPool

  /// By default the fastest kernels on every core.
  package init(kernels: Kernels = .fastest, pool: ThreadPool = ThreadPool()) {
    self.kernels = kernels
    self.pool = pool
  }

  /// Computes products, none of which may read what another writes, as one job.
  ///
  /// - Parameter precision: to which what int8 matrices read is rounded.
  package func compute(_ products: [MatrixProduct], activations precision: ActivationPrecision) {
    roundInputs(of: products, to: precision)
    let rowCounts = products.map { $0.positions.isEmpty ? 0 : $0.weights.rows }
    let pieces = ProductPiece.pieces(of: rowCounts, threads: pool.count)
    // Through a buffer, or each piece would count references up and down that all threads share.
    products.withUnsafeBufferPointer { products in
      pool.forEach(pieces.count) { number in
        products[pieces[number].product].compute(rows: pieces[number].rows, with: kernels)
      }
    }
  }

  /// Rounds what int8 matrices will read; neighbours that read the same do so once.
  private func roundInputs(of products: [MatrixProduct], to precision: ActivationPrecision) {
    var last: (input: Activations, positions: Range<Int>)?
    for product in products where product.weights.takesIntegers {
      let input = product.input
      if let last, last.input === input, last.positions.contains(product.positions) { continue }
      last = (input, product.positions)
      let integers = input.rounded
      integers.precision = precision
      forEachPosition(product.positions) { position in
        integers.round(input[position], count: input.width, position: position, with: kernels)
      }
    }
  }

  /// Calls the body for every position, on all threads when there are many.
  package func forEachPosition(_ positions: Range<Int>, _ body: (Int) -> Void) {
    let size = 8
    pool.forEach((positions.count + size - 1) / size) { piece in
      let first = positions.lowerBound + piece * size
      for position in first..<min(first + size, positions.upperBound) { body(position) }
    }
  }
}
