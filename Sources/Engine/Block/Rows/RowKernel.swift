import CBlocks

/// Whole rows computed in vectors of the processor's own width. Each lane is as by plain code, to the bit.
struct RowKernel: Sendable {
  private let functions: CBlocksFunctions

  /// The kernel for this processor; nil when there is none.
  init?() {
    guard BlockRows.width == Int(CBLOCKS_WIDTH), let functions = cblocks_functions() else { return nil }
    self.functions = functions.pointee
  }

  /// Computes sums, then units.
  @inline(__always)
  func compute(
    _ sums: [BlockProgram.Sum], _ sumRange: Range<Int>, _ products: [BlockProgram.Product],
    _ units: [BlockProgram.Unit], _ unitRange: Range<Int>, _ rows: BlockRows.Handle
  ) {
    // Swift lays the tables' structures out as C does.
    sums.withUnsafeBytes { sums in
      products.withUnsafeBytes { products in
        units.withUnsafeBytes { units in
          functions.level(
            sums.bindMemory(to: CBlocksSum.self).baseAddress.map { $0 + sumRange.lowerBound }, Int64(sumRange.count),
            products.bindMemory(to: CBlocksProduct.self).baseAddress,
            units.bindMemory(to: CBlocksUnit.self).baseAddress.map { $0 + unitRange.lowerBound },
            Int64(unitRange.count), rows[0])
        }
      }
    }
  }

  /// Finds the integers near quotients.
  @inline(__always)
  func name(_ naming: IntegerNaming, _ rows: BlockRows.Handle) {
    functions.name(
      rows[naming.numerator], rows[naming.denominator], naming.lastRow.map { rows[$0] }, naming.greatest,
      naming.reach, naming.tolerance, rows[naming.namedRow])
  }
}
