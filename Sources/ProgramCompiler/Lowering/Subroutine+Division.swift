extension Subroutine {
  /// Long division in base 2: about 100 tokens for each bit of the quotient, in whole bytes.
  ///
  /// Quotient bytes that are zero are skipped: the remainder starts as the dividend without its lowest k bytes, k the least
  /// for which that is below the divisor, and only 8k bits are left to bring down. Bits of the quotient move into the
  /// dividend from below as its own move out.
  static func division(_ addresses: AddressSpace) -> AssemblyBlock {
    let (a, d, rest, count): (UInt32, UInt32, UInt32, UInt32) = (0, 1, 2, 3)
    let word = addresses.word
    var code = AssemblyBlock()
    let (isDivisible, isLarge, isSmall) = (code.newLabel(), code.newLabel(), code.newLabel())
    let start = code.newLabel()

    code.append([
      .set(d), .set(a),
      .get(d), .branchIf(isDivisible), .halt,
      .label(isDivisible),
      .get(a), .get(d), .ltU, .branchIf(isSmall),
      .get(d), .const(0), .ltS, .branchIf(isLarge),
      .const(word), .get(a), .store,
    ])
    for byteCount in UInt32(1)...3 {
      let isMore = code.newLabel()
      code.append([
        .const(word + byteCount), .load, .tee(rest), .get(d), .geU, .branchIf(isMore),
        .const(8 * byteCount), .const(word + byteCount - 4), .load, .branch(start),
        .label(isMore),
      ])
    }
    code.append([.const(0), .set(rest), .const(32), .get(a)])

    code.append([.label(start), .set(a), .set(count)])
    appendDivisionSteps(dividend: a, divisor: d, rest: rest, count: count, to: &code)
    // A divisor from 2³¹ up fits once; doubling the remainder would not be exact.
    code.append([
      .get(a), .get(rest), .return,
      .label(isLarge), .const(1), .get(a), .get(d), .sub, .return,
      .label(isSmall), .const(0), .get(a), .return,
    ])
    return code
  }

  /// Brings down bits of the dividend until none are left to count. Two bits a round: the counts are even, and the counter
  /// costs a fifth of a bit.
  private static func appendDivisionSteps(
    dividend a: UInt32, divisor d: UInt32, rest: UInt32, count: UInt32, to code: inout AssemblyBlock
  ) {
    let next = code.newLabel()
    code.append(.label(next))
    for _ in 0..<2 {
      let isLess = code.newLabel()
      code.append([
        .get(a), .get(a), .add,
        .get(rest), .get(rest), .add, .get(a), .const(0), .ltS, .add, .tee(rest),
        .get(d), .ltU, .branchIf(isLess),
        .const(1), .add,
        .get(rest), .get(d), .sub, .set(rest),
        .label(isLess), .set(a),
      ])
    }
    code.append([.get(count), .const(2), .sub, .tee(count), .branchIf(next)])
  }

  /// The quotient of the magnitudes, negated when the signs differ.
  static func signedDivision() -> AssemblyBlock {
    let (a, d, isNegative): (UInt32, UInt32, UInt32) = (0, 1, 2)
    var code = AssemblyBlock()
    let (negate, fits) = (code.newLabel(), code.newLabel())
    code.append([.set(d), .tee(a), .const(0), .ltS, .get(d), .const(0), .ltS, .ne, .set(isNegative)])
    appendMagnitude(of: a, to: &code)
    appendMagnitude(of: d, to: &code)
    code.append([
      .get(a), .get(d), .call(.subroutine(.divide)), .drop, .set(a),
      .get(isNegative), .branchIf(negate),
      // Only −2³¹ / −1 is out of range.
      .get(a), .const(0), .geS, .branchIf(fits), .halt,
      .label(fits), .get(a), .return,
      .label(negate), .const(0), .get(a), .sub, .return,
    ])
    return code
  }

  /// The remainder of the magnitudes, with the dividend's sign.
  static func signedRemainder() -> AssemblyBlock {
    let (a, d): (UInt32, UInt32) = (0, 1)
    var code = AssemblyBlock()
    let isNegative = code.newLabel()
    code.append([.set(d), .set(a)])
    appendMagnitude(of: d, to: &code)
    code.append([
      .get(a), .const(0), .ltS, .branchIf(isNegative),
      .get(a), .get(d), .call(.subroutine(.divide)), .set(a), .drop, .get(a), .return,
      .label(isNegative),
      .const(0), .const(0), .get(a), .sub, .get(d), .call(.subroutine(.divide)), .set(a), .drop, .get(a),
      .sub, .return,
    ])
    return code
  }

  private static func appendMagnitude(of local: UInt32, to code: inout AssemblyBlock) {
    let isPositive = code.newLabel()
    code.append([
      .get(local), .const(0), .geS, .branchIf(isPositive),
      .const(0), .get(local), .sub, .set(local),
      .label(isPositive),
    ])
  }
}
