#if canImport(CBlocks)
  import CBlocks

  /// Sums and units in vectors of the processor's own width. Each lane is computed as by plain code, to the bit.
  struct LevelKernel: Sendable {
    private let level: CBlocksLevel

    /// The kernel for this processor; nil when there is none.
    init?() {
      guard BlockRows.width == Int(CBLOCKS_WIDTH), let level = cblocks_level() else { return nil }
      self.level = level
    }

    /// Computes sums, then units, on whole rows.
    @inline(__always)
    func compute(
      _ sums: [BlockProgram.Sum], _ sumRange: Range<Int>, _ products: [BlockProgram.Product],
      _ units: [BlockProgram.Unit], _ unitRange: Range<Int>, _ rows: BlockRows.Handle
    ) {
      // Swift lays the tables' structures out as C does.
      sums.withUnsafeBytes { sums in
        products.withUnsafeBytes { products in
          units.withUnsafeBytes { units in
            guard let sums = sums.bindMemory(to: CBlocksSum.self).baseAddress,
              let products = products.bindMemory(to: CBlocksProduct.self).baseAddress,
              let units = units.bindMemory(to: CBlocksUnit.self).baseAddress
            else { return }
            level(
              sums + sumRange.lowerBound, Int64(sumRange.count), products, units + unitRange.lowerBound,
              Int64(unitRange.count), rows[0])
          }
        }
      }
    }
  }
#else
  /// No kernel is part of this build.
  struct LevelKernel: Sendable {
    init?() { return nil }

    func compute(
      _ sums: [BlockProgram.Sum], _ sumRange: Range<Int>, _ products: [BlockProgram.Product],
      _ units: [BlockProgram.Unit], _ unitRange: Range<Int>, _ rows: BlockRows.Handle
    ) {}
  }
#endif
