import InstructionSet

/// Logical `and` with masks that need no table.
extension CodeEmitter {
  /// Keeps the bits of the top operand that `mask` has.
  mutating func keep(_ mask: Mask) {
    switch mask {
    case .bytes(let kept): keepBytes(kept)
    case .low(let count): keepLowBits(count)
    case .high(let count):
      let operand = popToLocal(scratch: 1)
      emit(.get(operand), pushing: 1)
      emit(.get(operand), pushing: 1)
      keepLowBits(count)
      emit(.sub, popping: 2, pushing: 1)
    case .bit(let position):
      testBit(position)
      pushUnderTop(.const(1 << position))
      pushUnderTop(.const(0))
      emit(.select, popping: 3, pushing: 1)
    }
  }

  private mutating func keepBytes(_ kept: UInt8) {
    let word = addresses.word
    switch kept {
    case 0b1111: return
    case 0b0000:
      emit(.drop, popping: 1)
      emit(.const(0), pushing: 1)
      return
    default: storeTop(at: word)
    }
    switch kept {
    case 0b0001: emit(.const(word), .load8(), pushing: 1)
    case 0b0011: emit(.const(word), .plain(.load16Unsigned), pushing: 1)
    default:
      clearBytes(UInt32(0)..<4, except: kept)
      emit(.const(word), .load, pushing: 1)
    }
  }

  /// Clears bytes of the scratch word.
  private mutating func clearBytes(_ range: Range<UInt32>, except kept: UInt8 = 0) {
    for byte in range where kept >> UInt8(byte) & 1 == 0 {
      emit(.const(addresses.word), .const(0), .plain(.store8, byte))
    }
  }

  private mutating func keepLowBits(_ count: UInt32) {
    let (byte, bits) = (count / 8, count % 8)
    if bits == 0 { return keepBytes(UInt8(1 << byte) - 1) }
    if byte == 0 { return keepLowBitsOfByte(bits) }
    let word = addresses.word
    storeTop(at: word)
    emit(.const(word + byte), pushing: 1)
    emit(.const(word), .load8(offset: byte), pushing: 1)
    keepLowBitsOfByte(bits)
    emit(.store8, popping: 2)
    clearBytes(byte + 1..<4)
    emit(.const(word), .load, pushing: 1)
  }

  /// Keeps the lowest 1 to 7 bits of the top operand and clears everything above.
  private mutating func keepLowBitsOfByte(_ count: UInt32) {
    let pair = addresses.wordPair
    switch count {
    case 1: testBit(0)
    case 2, 3:
      // Up to the byte's end, where the bits above fall off, and by the rest of a byte into the next one.
      shiftLeft(by: 8 - count)
      storeTop(at: pair)
      emit(.const(pair), .load8(), pushing: 1)
      shiftLeft(by: count)
      storeTop(at: pair)
      emit(.const(pair), .load8(offset: 1), pushing: 1)
    default:
      storeTop(at: pair)
      emit(.const(pair), .load8(), pushing: 1)
      let rest = popToLocal(scratch: 0)
      for bit in (count..<8).reversed() {
        let isClear = newLabel()
        emit(.get(rest), .const(1 << bit), .ltU, pushing: 1)
        emitControl(.branchIf(isClear), popping: 1)
        emit(.get(rest), .const(1 << bit), .sub, .set(rest))
        emitControl(.label(isClear))
      }
      emit(.get(rest), pushing: 1)
    }
  }

  /// Replaces the top operand by one of its bits: 1 or 0.
  private mutating func testBit(_ position: UInt32) {
    let (byte, bit) = (position / 8, position % 8)
    let pair = addresses.wordPair
    if byte > 0 || bit == 7 {
      storeTop(at: pair)
      emit(.const(pair), bit == 7 ? .plain(.load8Signed, byte) : .load8(offset: byte), pushing: 1)
    }
    if bit < 7 {
      shiftLeft(by: 7 - bit)
      storeTop(at: pair)
      emit(.const(pair), .plain(.load8Signed), pushing: 1)
    }
    emit(.const(0), .ltS, popping: 1, pushing: 1)
  }
}
