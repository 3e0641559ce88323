/// Bit counts: zero bytes are skipped, single bits counted by doubling.
extension Subroutine {
  static func leadingZeroCount(_ addresses: AddressSpace) -> AssemblyBlock {
    let (x, count): (UInt32, UInt32) = (0, 1)
    let word = addresses.word
    var code = AssemblyBlock()
    let (start, next, isNegative) = (code.newLabel(), code.newLabel(), code.newLabel())
    let isNotZero = code.newLabel()
    code.append([
      .tee(x), .branchIf(isNotZero), .const(32), .return,
      .label(isNotZero), .const(word), .get(x), .store,
    ])
    for (bytes, limit) in [(0, 1 << 24), (1, 1 << 16), (2, 1 << 8)] as [(UInt32, UInt32)] {
      let isSmaller = code.newLabel()
      code.append([
        .get(x), .const(limit), .ltU, .branchIf(isSmaller),
        .const(8 * bytes), .const(word - bytes), .load, .branch(start),
        .label(isSmaller),
      ])
    }
    code.append([
      .const(24), .const(word - 3), .load,
      .label(start), .set(x), .set(count),
      .label(next), .get(x), .const(0), .ltS, .branchIf(isNegative),
      .get(x), .get(x), .add, .set(x), .get(count), .const(1), .add, .set(count), .branch(next),
      .label(isNegative), .get(count), .return,
    ])
    return code
  }

  /// With the lowest byte that is not zero at the top of a word, each doubling until the word is 0 is a bit that is no
  /// trailing zero.
  static func trailingZeroCount(_ addresses: AddressSpace) -> AssemblyBlock {
    let (x, count): (UInt32, UInt32) = (0, 1)
    let word = addresses.word
    var code = AssemblyBlock()
    let (start, next, isNotZero) = (code.newLabel(), code.newLabel(), code.newLabel())
    code.append([
      .tee(x), .branchIf(isNotZero), .const(32), .return,
      .label(isNotZero), .const(word), .get(x), .store,
    ])
    for byte in UInt32(0)..<3 {
      let isZero = code.newLabel()
      code.append([
        .const(word), .load8(offset: byte), .eqz, .branchIf(isZero),
        .const(8 * byte + 8), .const(word + byte - 3), .load, .branch(start),
        .label(isZero),
      ])
    }
    code.append([
      .const(32), .get(x),
      .label(start), .set(x), .set(count),
      .label(next), .get(count), .const(1), .sub, .set(count),
      .get(x), .get(x), .add, .tee(x), .branchIf(next),
      .get(count), .return,
    ])
    return code
  }

  static func oneCount() -> AssemblyBlock {
    let x: UInt32 = 0
    var code = AssemblyBlock()
    let next = code.newLabel()
    code.append([
      .set(x), .const(0),
      .label(next), .get(x), .const(0), .ltS, .add,
      .get(x), .get(x), .add, .tee(x), .branchIf(next),
      .return,
    ])
    return code
  }
}
