extension CodeEmitter {
  /// Multiplies the top operand by a constant: doublings, and an addition or subtraction for each other digit of the
  /// constant's non-adjacent form.
  mutating func multiply(by constant: UInt32) {
    let digits = Self.nonAdjacentForm(constant)
    guard let top = digits.last else {
      emit(.drop, popping: 1)
      emit(.const(0), pushing: 1)
      return
    }
    if digits.count == 1, !top.isNegative { return shiftLeft(by: top.position) }
    let operand = popToLocal(scratch: 1)
    emit(.get(operand), pushing: 1)
    if top.isNegative { negateTop() }
    var position = top.position
    for digit in digits.dropLast().reversed() {
      shiftLeft(by: position - digit.position)
      position = digit.position
      emit(.get(operand), pushing: 1)
      emit(digit.isNegative ? .sub : .add, popping: 2, pushing: 1)
    }
    shiftLeft(by: position)
  }

  /// The non-zero digits of the representation of `value` modulo 2³² by powers of two, each added or subtracted, no two of
  /// which are neighbours; the lowest first.
  static func nonAdjacentForm(_ value: UInt32) -> [(position: UInt32, isNegative: Bool)] {
    var digits: [(position: UInt32, isNegative: Bool)] = []
    var rest = UInt64(value)
    for position in 0..<UInt32(32) where rest >> UInt64(position) & 1 == 1 {
      let isNegative = rest >> UInt64(position) & 3 == 3
      digits.append((position, isNegative))
      rest = isNegative ? rest + 1 << UInt64(position) : rest - 1 << UInt64(position)
    }
    return digits
  }
}
