extension Subroutine {
  /// Schoolbook multiplication, from the highest bit of the smaller operand down: about 75 tokens for each of its bits.
  ///
  /// The smaller operand is moved up until its used part (4, 8, 16, 24 or 31 bits) begins at bit 31, with a one behind it as
  /// a mark: when only the mark is left, all bits have been seen.
  static func multiplication(_ addresses: AddressSpace) -> AssemblyBlock {
    let (a, b, bits, product): (UInt32, UInt32, UInt32, UInt32) = (0, 1, 2, 3)
    let word = addresses.word
    var code = AssemblyBlock()
    appendOrdering(of: a, b, to: &code)
    // Now b ≤ 2³¹, and b = 2³¹ only when a = 2³¹ too, whose product is 0: the 31 bits that are looked at are enough.
    let start = code.newLabel()
    code.append([.const(word), .get(b), .store])
    appendAlignment(of: b, shiftedBy: bits, in: word, continuingAt: start, to: &code)

    let (next, isZero) = (code.newLabel(), code.newLabel())
    code.append([
      .label(start), .set(bits), .const(0),
      .label(next), .tee(product), .get(product), .add,
      .get(bits), .const(0), .geS, .branchIf(isZero),
      .get(a), .add,
      .label(isZero),
      .get(bits), .get(bits), .add, .tee(bits), .const(1 << 31), .ne, .branchIf(next),
      .return,
    ])
    return code
  }

  /// Pops b and a and lets b be the smaller one.
  private static func appendOrdering(of a: UInt32, _ b: UInt32, to code: inout AssemblyBlock) {
    let (haveSigns, isOrdered) = (code.newLabel(), code.newLabel())
    // a · b = (−a) · (−b): of two negative numbers the negations have fewer bits.
    code.append([
      .set(b), .set(a),
      .get(a), .const(0), .geS, .branchIf(haveSigns),
      .get(b), .const(0), .geS, .branchIf(haveSigns),
      .const(0), .get(a), .sub, .set(a),
      .const(0), .get(b), .sub, .set(b),
      .label(haveSigns),
      .get(a), .get(b), .geU, .branchIf(isOrdered),
      .get(a), .get(b), .set(a), .set(b),
      .label(isOrdered),
    ])
  }

  /// Pushes the used bits of b moved up to bit 31, the mark behind them: by loads from beside the word that holds b.
  private static func appendAlignment(
    of b: UInt32, shiftedBy bits: UInt32, in word: UInt32, continuingAt start: Label, to code: inout AssemblyBlock
  ) {
    let halfByte: [AssemblyItem] = [.const(word - 3), .load] + [.tee(bits), .get(bits), .add] * 4
    let sizes: [(limit: UInt32, aligned: [AssemblyItem], mark: UInt32)] = [
      (1 << 4, halfByte, 1 << 27),
      (1 << 8, [.const(word - 3), .load], 1 << 23),
      (1 << 16, [.const(word - 2), .load], 1 << 15),
      (1 << 24, [.const(word - 1), .load], 1 << 7),
    ]
    for size in sizes {
      let isLarger = code.newLabel()
      code.append([.get(b), .const(size.limit), .geU, .branchIf(isLarger)])
      code.append(size.aligned + [.const(size.mark), .add, .branch(start), .label(isLarger)])
    }
    code.append([.get(b), .get(b), .add, .const(1), .add])
  }
}

/// The items so many times over.
func * (items: [AssemblyItem], count: Int) -> [AssemblyItem] {
  Array(repeatElement(items, count: count).joined())
}
