import Graph

/// Products, and what they have in common with shifts: a number of which the part below 256 is wanted.
extension FullAssembly {
  /// What is subtracted from a number with 256ths whose whole part is wanted: rounding then finds it.
  static let halfBelow = 0.5 - 0x1p-9

  /// Byte k of a product is the sum of the products of bytes i and k − i, plus what the bytes before carried.
  ///
  /// The carry into byte k is that of the two sums before, less the bytes that were written of them. It is off by −1/256 to 1/32
  /// for want of the sums before those; a quarter less rounds to the same number.
  mutating func product(
    _ pointers: OperandPointers, _ state: FullState, _ instruction: FullInstructionState
  ) -> Expression {
    let index = state.byteIndex
    let byteAndBefore = [columns[.byte], state.byteBefore]
    let below = [1, 3].flatMap { last in
      Array(
        builder.gather(byteAndBefore, at: pointers.below + Double(last) * one, name: "factor.\(last)").reversed())
    }
    let top = [0, 2].flatMap { back in
      builder.gather(byteAndBefore, at: pointers.top + index - Double(back) * one, name: "cofactor.\(back)")
    }
    // How many bytes are missing for byte k − i to exist.
    let missing = (1...3).map { builder.reglu(one, Double($0) * one - index, name: "missing.\($0)") }
    var sum = Expression.zero
    for byte in below.indices {
      let cofactor = byte == 0 ? top[0] : top[byte] - 256 * missing[byte - 1]
      sum += builder.reglu(below[byte], cofactor, name: "product.\(byte)")
    }
    let stored = builder.persist(sum, name: "product")
    let isProduct = instruction.gate.isUnit(.product)
    let lastSum = builder.gather([stored], at: position - one, name: "product_before")[0]
    let sumBefore = builder.gather([stored], at: position - 2 * one, name: "product_before_last")[0]
    return builder.reglu(stored - 0.25 * one, isProduct, name: "scaled.product")
      + 0x1p-8
      * builder.reglu(lastSum - columns[.byte], isProduct - missing[0], name: "carry.last")
      + 0x1p-16
      * builder.reglu(sumBefore - state.byteBefore, isProduct - missing[1], name: "carry.before_last")
  }

  /// The whole part of a number, without its multiples of 256.
  ///
  /// The number is given less almost a half, and may be a little off. The multiples are counted by positions: the one nearest
  /// to a 256th is attended to, and tells its number.
  mutating func scaledByte(_ number: Expression) -> Expression {
    let stored = builder.persist(number, name: "scaled")
    let almostHalf = 0.5 - 0x1p-17 - 0x1p-8 * Self.halfBelow
    let multiples = builder.lookup(
      values: [position], query: PlanePoint(0x1p-8 * stored - almostHalf * one, one),
      key: PlanePoint(2 * position, -builder.positionSquared), rule: .latest, name: "multiples_of_256")
    return stored - 256 * multiples[0]
  }
}
