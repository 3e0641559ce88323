import InstructionSet

/// Shifts and rotations by a variable count: whole bytes by loading a stored word from a neighbouring address, single bits
/// by doubling.
extension Subroutine {
  private static let x: UInt32 = 0
  /// Eight times the bits still to go.
  private static let count: UInt32 = 1

  /// Pops a count and keeps 8 · (count mod 32): the low byte of the eightfold count.
  private static func reducedCount(_ addresses: AddressSpace) -> [AssemblyItem] {
    [.tee(count), .get(count), .add] * 3
      + [.set(count), .const(addresses.word), .get(count), .store, .const(addresses.word), .load8(), .set(count)]
  }

  /// Executes items that shift by `eighths` / 8 bits when so many are to go.
  private static func shift(byEighths eighths: UInt32, in code: inout AssemblyBlock, _ items: [AssemblyItem]) {
    let isLess = code.newLabel()
    code.append([.get(count), .const(eighths), .ltU, .branchIf(isLess)])
    code.append(items)
    code.append([.get(count), .const(eighths), .sub, .set(count), .label(isLess)])
  }

  /// Repeats items that shift the top operand by one bit until the count is 0.
  private static func repeatForCount(in code: inout AssemblyBlock, _ items: [AssemblyItem]) {
    let (next, done) = (code.newLabel(), code.newLabel())
    code.append([.get(count), .eqz, .branchIf(done), .label(next)])
    code.append(items)
    code.append([.get(count), .const(8), .sub, .tee(count), .branchIf(next), .label(done)])
  }

  static func leftShift(_ addresses: AddressSpace) -> AssemblyBlock {
    let word = addresses.word
    var code = AssemblyBlock()
    code.append(reducedCount(addresses) + [.set(x)])
    for (eighths, bytes) in [(128, 2), (64, 1)] as [(UInt32, UInt32)] {
      shift(byEighths: eighths, in: &code, [.const(word), .get(x), .store, .const(word - bytes), .load, .set(x)])
    }
    code.append(.get(x))
    repeatForCount(in: &code, [.tee(x), .get(x), .add])
    code.append(.return)
    return code
  }

  /// The bits that are not whole bytes, n of them, are shifted left by 8 − n into five bytes, then right by one byte.
  static func rightShift(_ addresses: AddressSpace) -> AssemblyBlock {
    let high: UInt32 = 2
    let (word, wide) = (addresses.word, addresses.wideWord)
    var code = AssemblyBlock()
    let (hasBits, hasNoCarry) = (code.newLabel(), code.newLabel())
    code.append(reducedCount(addresses) + [.set(x), .const(word), .get(x), .store])
    for (eighths, bytes) in [(128, 2), (64, 1)] as [(UInt32, UInt32)] {
      shift(
        byEighths: eighths, in: &code,
        [.const(word + bytes), .load, .set(x), .const(word), .get(x), .store])
    }
    code.append([
      .get(count), .branchIf(hasBits), .get(x), .return,
      .label(hasBits), .const(64), .get(count), .sub, .set(count),
      .const(wide), .const(0), .plain(.store8, 4),
      .const(word), .load8(offset: 3), .tee(high), .eqz, .branchIf(hasNoCarry),
    ])
    // Both parts in one loop, the word's fourth byte, which overflows, apart.
    let (next, done) = (code.newLabel(), code.newLabel())
    code.append([
      .label(next), .get(high), .get(high), .add, .set(high), .get(x), .get(x), .add, .set(x),
      .get(count), .const(8), .sub, .tee(count), .branchIf(next),
      .const(wide), .get(high), .plain(.store16, 3), .branch(done),
      .label(hasNoCarry), .get(x),
    ])
    repeatForCount(in: &code, [.tee(x), .get(x), .add])
    code.append([.set(x), .label(done), .const(wide), .get(x), .store, .const(wide + 1), .load, .return])
    return code
  }

  /// x >> n for x ≥ 0, −1 − (−1 − x >> n) for x < 0.
  static func signedRightShift() -> AssemblyBlock {
    var code = AssemblyBlock()
    let isNegative = code.newLabel()
    code.append([
      .set(count), .tee(x), .const(0), .ltS, .branchIf(isNegative),
      .get(x), .get(count), .call(.subroutine(.shiftRight)), .return,
      .label(isNegative),
      .const(~0), .const(~0), .get(x), .sub, .get(count), .call(.subroutine(.shiftRight)), .sub, .return,
    ])
    return code
  }

  static func leftRotation(_ addresses: AddressSpace) -> AssemblyBlock {
    let pair = addresses.wordPair
    var code = AssemblyBlock()
    code.append(reducedCount(addresses) + [.set(x)])
    for (eighths, bytes) in [(128, 2), (64, 1)] as [(UInt32, UInt32)] {
      shift(
        byEighths: eighths, in: &code,
        [.const(pair), .get(x), .store, .const(pair + 4), .get(x), .store, .const(pair + 4 - bytes), .load, .set(x)])
    }
    code.append(.get(x))
    repeatForCount(in: &code, [.tee(x), .get(x), .add, .get(x), .const(0), .ltS, .add])
    code.append(.return)
    return code
  }
}
