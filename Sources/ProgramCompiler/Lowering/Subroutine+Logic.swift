/// Logic by one table of 256 bytes: D(x), the odd bits of each byte shifted down by one.
///
/// D(a) + D(b) has a number from 0 to 2 in each pair of bits, and D of that sum a 1 where both were 1: so D finds the common
/// odd bits. With u = D(a) + D(b), the pairs of a + b − 2u count the even bits in the same way, hence
/// a and b = D(a + b − 2u) + 2 · D(u).
extension Subroutine {
  static func conjunction(_ addresses: AddressSpace) -> AssemblyBlock {
    let (a, b, u): (UInt32, UInt32, UInt32) = (0, 1, 2)
    var code = AssemblyBlock()
    code.append([
      .set(b), .tee(a), .get(b), .call(.subroutine(.addOddBits)), .set(u),
      .get(a), .get(b), .add, .get(u), .sub, .get(u), .sub,
      .get(u), .call(.subroutine(.addOddBits)),
      // D(u) is still where that left it.
      .const(addresses.logicWords + 4), .load, .add, .return,
    ])
    return code
  }

  /// D(a) + D(b); D(a) and D(b) are left in the logic words.
  static func oddBitsSum(_ addresses: AddressSpace) -> AssemblyBlock {
    let (a, b): (UInt32, UInt32) = (0, 1)
    let words = addresses.logicWords
    var code = AssemblyBlock()
    code.append([.set(b), .set(a), .const(words), .get(a), .store, .const(words + 4), .get(b), .store])
    for byte in words..<words + 8 {
      code.append([.const(byte), .const(byte), .load8(), .load8(offset: addresses.oddBitsTable), .store8])
    }
    code.append([.const(words), .load, .const(words + 4), .load, .add, .return])
    return code
  }

  /// a + b − k · (a and b): with k = 1 a or b, with k = 2 a xor b.
  static func sumWithoutCommonBits(times count: Int) -> AssemblyBlock {
    let (a, b): (UInt32, UInt32) = (0, 1)
    var code = AssemblyBlock()
    code.append([.set(b), .tee(a), .get(b), .add, .get(a), .get(b), .call(.subroutine(.and))])
    code.append(count == 1 ? [.sub] : [.tee(a), .sub, .get(a), .sub])
    code.append(.return)
    return code
  }

  /// The table's byte for `byte`.
  static func oddBits(_ byte: UInt8) -> UInt8 { byte >> 1 & 0x55 }
}
