extension BlockProgram {
  /// Computes a level's functions, sums and units.
  @inline(__always)
  func compute(_ level: Level, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    for function in functions[level.functions] { function.compute(span, rows) }
    let groupCount = span.groupCount
    // Vectors of the processor's own width compute whole rows.
    if let kernel, groupCount > 2 {
      kernel.compute(sums, level.sums, products, units, level.units, rows)
    } else {
      addSums(level.sums, groupCount, rows)
      gate(level.units, groupCount, rows)
    }
  }

  /// Computes sums, each position's in the order in which the sparse engine adds.
  @inline(__always)
  func addSums(_ range: Range<Int>, _ groupCount: Int, _ rows: BlockRows.Handle) {
    sums.withUnsafeBufferPointer { sums in
      products.withUnsafeBufferPointer { products in
        for sum in sums[range] {
          var group = 0
          while group &+ 1 < groupCount {
            addTwoGroups(sum, group, products, rows)
            group &+= 2
          }
          if group < groupCount { addGroup(sum, group, products, rows) }
        }
      }
    }
  }

  @inline(__always)
  private func addTwoGroups(
    _ sum: Sum, _ group: Int, _ products: UnsafeBufferPointer<Product>, _ rows: BlockRows.Handle
  ) {
    var index = Int(sum.firstProduct)
    let end = index &+ Int(sum.productCount)
    var left = products[index].weight * rows[products[index].row, group: group]
    var right = products[index].weight * rows[products[index].row, group: group &+ 1]
    index &+= 1
    while index < end {
      let product = products[index]
      left += product.weight * rows[product.row, group: group]
      right += product.weight * rows[product.row, group: group &+ 1]
      index &+= 1
    }
    rows[Int(sum.destination), group: group] = rows[Int(sum.base), group: group] + left
    rows[Int(sum.destination), group: group &+ 1] = rows[Int(sum.base), group: group &+ 1] + right
  }

  @inline(__always)
  private func addGroup(
    _ sum: Sum, _ group: Int, _ products: UnsafeBufferPointer<Product>, _ rows: BlockRows.Handle
  ) {
    var index = Int(sum.firstProduct)
    let end = index &+ Int(sum.productCount)
    var result = products[index].weight * rows[products[index].row, group: group]
    index &+= 1
    while index < end {
      result += products[index].weight * rows[products[index].row, group: group]
      index &+= 1
    }
    rows[Int(sum.destination), group: group] = rows[Int(sum.base), group: group] + result
  }

  /// Computes gated units.
  @inline(__always)
  func gate(_ range: Range<Int>, _ groupCount: Int, _ rows: BlockRows.Handle) {
    units.withUnsafeBufferPointer { units in
      for unit in units[range] {
        var group = 0
        while group < groupCount {
          let gate = rows[Int(unit.gate), group: group]
          let open = gate.replacing(with: 0, where: .!(gate .> 0))
          rows[Int(unit.destination), group: group] = open * rows[Int(unit.value), group: group]
          group &+= 1
        }
      }
    }
  }
}
