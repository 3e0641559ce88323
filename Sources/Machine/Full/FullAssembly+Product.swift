import Graph

/// What products and quotients are made from.
struct Factors {
  /// The eight bytes of the operand below the top, of which an i32 has four.
  let below: [Expression]
  /// By how much the byte index is below 1, 2, … 7; 0 where it is not.
  let missing: [Expression]
}

/// Products, and what they have in common with shifts: a number of which the part below 256 is wanted.
extension FullAssembly {
  /// What is subtracted from a number with 256ths whose whole part is wanted: rounding then finds it.
  static let halfBelow = 0.5 - 0x1p-9

  mutating func readFactors(_ pointers: OperandPointers, _ state: FullState) -> Factors {
    let below = stride(from: 1, to: 8, by: 2).flatMap { last in
      builder.gather(
        [columns[.byte], state.byteBefore], at: pointers.below + Double(last) * one, name: "factor.\(last)"
      ).reversed()
    }
    let missing = (1...7).map { builder.reglu(one, Double($0) * one - state.byteIndex, name: "missing.\($0)") }
    return Factors(below: below, missing: missing)
  }

  /// Byte k of a product is the sum of the products of bytes i and k − i, plus what the bytes before carried.
  ///
  /// The carry into byte k is that of the two sums before, less the bytes that were written of them. It is off by −1/256 to 1/32
  /// for want of the sums before those; a quarter less rounds to the same number.
  mutating func product(
    _ factors: Factors, _ pointers: OperandPointers, _ state: FullState, _ instruction: FullInstructionState
  ) -> Expression {
    let (below, missing) = (factors.below, factors.missing)
    let top = stride(from: 0, to: below.count, by: 2).flatMap { back in
      builder.gather(
        [columns[.byte], state.byteBefore], at: pointers.top + state.byteIndex - Double(back) * one,
        name: "cofactor.\(back)")
    }
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
  /// The number is given less a part of one, between −1/2 and 1/2 from the whole part.
  mutating func scaledByte(_ number: Expression) -> Expression {
    let almostHalf = 0.5 - 0x1p-17 - 0x1p-8 * Self.halfBelow
    let whole = builder.rounded(builder.persist(number, name: "scaled"), name: "scaled.whole")
    let multiples = builder.rounded(
      builder.persist(0x1p-8 * number - almostHalf * one, name: "multiples_of_256.unrounded"), name: "multiples_of_256")
    return whole - 256 * multiples
  }
}
