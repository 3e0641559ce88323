import InstructionSet
import WebAssembly

/// Shifts by a constant: whole bytes by loading a stored word from a neighbouring address, single bits by doubling.
extension CodeEmitter {
  /// Shifts the top operand left by `count` < 32 bits.
  mutating func shiftLeft(by count: UInt32) {
    if count >= 8 {
      storeTop(at: addresses.word)
      emit(.const(addresses.word - count / 8), .load, pushing: 1)
    }
    for _ in 0..<count % 8 { doubleTop() }
  }

  /// Adds the top operand to itself.
  mutating func doubleTop() {
    if let local = topLocal {
      emit(.get(local), .add, popping: 1, pushing: 1)
    } else {
      let local = scratch(0)
      emit(.tee(local), .get(local), .add, popping: 1, pushing: 1)
    }
  }

  /// Shifts the top operand right by `count` < 32 bits, zeros moving in.
  mutating func shiftRight(by count: UInt32) {
    switch (count / 8, count % 8) {
    case (0, 0): break
    case (3, 7): emit(.const(0), .ltS, popping: 1, pushing: 1)
    case (let bytes, 0):
      storeTop(at: addresses.word)
      emit(.const(addresses.word + bytes), .load, pushing: 1)
    case (3, let bits):
      storeTop(at: addresses.word)
      emit(.const(addresses.word), .load8(offset: 3), pushing: 1)
      shiftLeft(by: 8 - bits)
      storeTop(at: addresses.word)
      emit(.const(addresses.word), .load8(offset: 1), pushing: 1)
    case (let bytes, let bits): shiftRight(byBytes: bytes, andBits: bits)
    }
  }

  /// Shifts left by the bits that are missing to a byte, into five bytes, then right by whole bytes.
  private mutating func shiftRight(byBytes bytes: UInt32, andBits bits: UInt32) {
    let wide = addresses.wideWord
    let operand = popToLocal(scratch: 1)
    let hasNoCarry = newLabel()
    emit(.const(wide), .const(0), .plain(.store8, 4))
    emit(.get(operand), .const(1 << 24), .ltU, pushing: 1)
    emitControl(.branchIf(hasNoCarry), popping: 1)
    // The fourth byte, shifted, is the fourth and fifth byte of the shifted word.
    emit(.const(addresses.word), .get(operand), .store)
    emit(.const(wide + 3), pushing: 1)
    emit(.const(addresses.word), .load8(offset: 3), pushing: 1)
    shiftLeft(by: 8 - bits)
    emit(.store16, popping: 2)
    emitControl(.label(hasNoCarry))
    emit(.const(wide), pushing: 1)
    emit(.get(operand), pushing: 1)
    shiftLeft(by: 8 - bits)
    emit(.store, popping: 2)
    emit(.const(wide + 1 + bytes), .load, pushing: 1)
  }

  /// Shifts the top operand right by `count` < 32 bits, copies of the sign moving in.
  mutating func shiftRightSigned(by count: UInt32) {
    switch count {
    case 0: break
    case 8:
      let pair = addresses.wordPair
      storeTop(at: pair)
      emit(.const(pair + 2), .const(pair), .plain(.load16Signed, 2), .store)
      emit(.const(pair + 1), .load, pushing: 1)
    case 16:
      storeTop(at: addresses.word)
      emit(.const(addresses.word), .plain(.load16Signed, 2), pushing: 1)
    case 24:
      storeTop(at: addresses.word)
      emit(.const(addresses.word), .plain(.load8Signed, 3), pushing: 1)
    case 31:
      emit(.const(0), .ltS, popping: 1, pushing: 1)
      negateTop()
    default: applyMirrored(around: ~0, ConstantOperation(operation: .i32ShrU, constant: count))
    }
  }

  /// Sign-extends the top operand's low byte.
  mutating func extend8() {
    storeTop(at: addresses.word)
    emit(.const(addresses.word), .plain(.load8Signed), pushing: 1)
  }

  /// Sign-extends the top operand's low two bytes.
  mutating func extend16() {
    storeTop(at: addresses.word)
    emit(.const(addresses.word), .plain(.load16Signed), pushing: 1)
  }
}
