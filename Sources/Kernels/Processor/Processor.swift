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
  package func compute(_ products: [MatrixProduct]) {
    roundInputs(of: products)
    var pieces: [(product: Int, rows: Range<Int>)] = []
    let totalRows = products.reduce(0) { $0 + $1.weights.rows }
    // Enough pieces that a thread which is kept from its core holds nobody up for long, and rows enough in each that the
    // streams they are read in are long; a multiple of sixteen.
    let pieceRows = pool.count == 1 ? max(totalRows, 1) : max(64, totalRows / (pool.count * 4) / 16 * 16)
    for (number, product) in products.enumerated() where !product.positions.isEmpty {
      for first in stride(from: 0, to: product.weights.rows, by: pieceRows) {
        pieces.append((number, first..<min(first + pieceRows, product.weights.rows)))
      }
    }
    pool.forEach(pieces.count) { piece in
      products[pieces[piece].product].compute(rows: pieces[piece].rows, with: kernels)
    }
  }

  /// Rounds what int8 matrices will read, each position once.
  private func roundInputs(of products: [MatrixProduct]) {
    var done: [ObjectIdentifier: Range<Int>] = [:]
    for product in products where product.weights.takesIntegers {
      let input = product.input
      if let rounded = done[ObjectIdentifier(input)], rounded.contains(product.positions) { continue }
      done[ObjectIdentifier(input)] = product.positions
      let integers = input.rounded
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
