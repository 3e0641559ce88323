import InstructionSet

extension FullMachineState {
  /// The result of an instruction that computes with operands alone, which are popped; nil for a division by zero, which leaves
  /// them.
  mutating func calculate(_ description: FullOpcodeDescription) throws(FullExecutionFault) -> FullResult? {
    switch description.operation {
    case .combination(let first, let second, let and): return try combine(first, second, and, description)
    case .extend(let bytes, let signed): return FullResult(try extend(try pop().bits, bytes, signed))
    case .product:
      let (first, second) = try popTwo(description.operandWidth)
      return FullResult(first &* second)
    case .quotient:
      let (first, second) = try popTwo(description.operandWidth)
      guard second == 0 else { return .quotient(first / second) }
      push(FullOperand(first, description.operandWidth))
      push(FullOperand(second, description.operandWidth))
      return nil
    case .shift(let shift): return FullResult(try calculate(shift, description.operandWidth))
    case .comparison(let comparison): return try compare(comparison, description.operandWidth)
    case .bitCount(let count): return countBits(count, try pop(description.operandWidth), description.operandWidth)
    default: return FullResult(UInt64(0))
    }
  }

  private mutating func popTwo(_ width: FullToken.ValueWidth) throws(FullExecutionFault) -> (UInt64, UInt64) {
    let second = try pop(width)
    return (try pop(width), second)
  }

  private mutating func combine(
    _ first: Int, _ second: Int, _ and: Int, _ description: FullOpcodeDescription
  ) throws(FullExecutionFault) -> FullResult {
    guard description.operandCount == 2 else { return FullResult(try pop().bits) }
    // What needs one byte only takes it from operands of any width.
    let isByte = description.byteCount == 1
    let top = isByte ? try pop().bits : try pop(description.operandWidth)
    let below = isByte ? try pop().bits : try pop(description.operandWidth)
    switch (first, second, and) {
    case (1, 1, 0): return .sum(below, top, description.byteCount)
    case (1, -1, 0): return .difference(below, top, description.byteCount)
    case (-1, 1, 0): return .difference(top, below, description.byteCount)
    case (0, 0, 1): return FullResult(below & top)
    case (1, 1, -1): return FullResult(below | top)
    default: return FullResult(below ^ top)
    }
  }

  private func extend(_ bits: UInt64, _ bytes: Int, _ signed: Bool) throws(FullExecutionFault) -> UInt64 {
    let unused = UInt64(64 - 8 * bytes)
    let raised = bits << unused
    return signed ? UInt64(bitPattern: Int64(bitPattern: raised) >> Int64(unused)) : raised >> unused
  }

  private mutating func calculate(
    _ shift: FullOpcodeDescription.Shift, _ width: FullToken.ValueWidth
  ) throws(FullExecutionFault) -> UInt64 {
    let count = UInt8(truncatingIfNeeded: try pop().bits)
    let value = try pop(width)
    let bits = UInt8(8 * width.rawValue)
    let isToTheRight = shift == .rightUnsigned || shift == .rightSigned
    guard isToTheRight ? (1...bits).contains(count) : count < bits else { throw fault(.shiftOutOfRange(count)) }
    switch (shift, width) {
    case (.left, _): return value << UInt64(count)
    case (.rightUnsigned, _): return value >> UInt64(bits - count)
    case (.rightSigned, .word):
      return UInt64(UInt32(bitPattern: Int32(truncatingIfNeeded: value) >> Int32(bits - count)))
    case (.rightSigned, .wide): return UInt64(bitPattern: Int64(bitPattern: value) >> Int64(bits - count))
    case (.rotate, _): return count == 0 ? value : value << UInt64(count) | value >> UInt64(bits - count)
    }
  }

  private mutating func compare(
    _ comparison: FullOpcodeDescription.Comparison, _ width: FullToken.ValueWidth
  ) throws(FullExecutionFault) -> FullResult {
    let (first, second) = try popTwo(width)
    let isLess =
      switch (comparison.isSigned, width) {
      case (false, _): first < second
      case (true, .word): Int32(truncatingIfNeeded: first) < Int32(truncatingIfNeeded: second)
      case (true, .wide): Int64(bitPattern: first) < Int64(bitPattern: second)
      }
    let holds = first == second ? comparison.equal : isLess ? comparison.less : comparison.greater
    return FullResult(holds ? UInt64(1) : 0)
  }

  private func countBits(
    _ count: FullOpcodeDescription.BitCount, _ value: UInt64, _ width: FullToken.ValueWidth
  ) -> FullResult {
    let steps = (1...width.rawValue).map { byteCount -> UInt8 in
      let bits = 8 * byteCount
      let lowest = value << UInt64(64 - bits)
      return switch count {
      case .leadingZeros: UInt8(min(lowest.leadingZeroBitCount, bits))
      case .trailingZeros: UInt8(min((lowest >> UInt64(64 - bits)).trailingZeroBitCount, bits))
      case .ones: UInt8(lowest.nonzeroBitCount)
      }
    }
    var result = FullResult(UInt64(steps.last ?? 0))
    result.steps = steps
    return result
  }
}

extension FullResult {
  /// Four bytes, from the most significant on, and again from the least significant on.
  fileprivate static func quotient(_ bits: UInt64) -> FullResult {
    var result = FullResult(bits)
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    result.steps = bytes.reversed() + bytes
    return result
  }

  /// The sum, with a mark on each byte that carried.
  fileprivate static func sum(_ first: UInt64, _ second: UInt64, _ byteCount: Int) -> FullResult {
    marked(first &+ second, byteCount) { bits in
      let sum = (first & bits).addingReportingOverflow(second & bits)
      return sum.overflow || sum.partialValue > bits
    }
  }

  /// The difference, with a mark on each byte that borrowed.
  fileprivate static func difference(_ first: UInt64, _ second: UInt64, _ byteCount: Int) -> FullResult {
    marked(first &- second, byteCount) { bits in first & bits < second & bits }
  }

  /// `isMarked` gets the mask of the bytes up to the one concerned.
  private static func marked(_ bits: UInt64, _ byteCount: Int, isMarked: (UInt64) -> Bool) -> FullResult {
    var result = FullResult(bits)
    for byte in 0..<byteCount where isMarked(.max >> UInt64(64 - 8 * (byte + 1))) { result.marks |= 1 << UInt64(byte) }
    return result
  }
}
