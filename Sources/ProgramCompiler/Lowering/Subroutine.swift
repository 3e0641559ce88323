/// A routine for an operation that the base profile lacks. Operands and results are on the operand stack.
enum Subroutine: Hashable, Sendable {
  /// a, b → a · b
  case multiply
  /// a, d → a / d, a % d, unsigned; halts when d is 0
  case divide
  /// a, d → a / d, signed; halts when d is 0 or the quotient is 2³¹
  case divideSigned
  /// a, d → a % d, signed; halts when d is 0
  case remainderSigned
  /// a, b → a and b
  case and
  /// a, b → a or b
  case or
  /// a, b → a xor b
  case exclusiveOr
  /// a, b → odd bits of a shifted down by one + odd bits of b shifted down by one
  case addOddBits
  /// x, n → x << n
  case shiftLeft
  /// x, n → x >> n, unsigned
  case shiftRight
  /// x, n → x >> n, signed
  case shiftRightSigned
  /// x, n → x rotated left by n
  case rotateLeft
  /// x → number of zero bits above the highest one
  case countLeadingZeros
  /// x → number of zero bits below the lowest one
  case countTrailingZeros
  /// x → number of one bits
  case countOnes
  /// x → x op constant
  case constant(ConstantOperation)

  /// The routine's code, from popping its operands to its return.
  func block(_ addresses: AddressSpace) -> AssemblyBlock {
    switch self {
    case .multiply: Self.multiplication(addresses)
    case .divide: Self.division(addresses)
    case .divideSigned: Self.signedDivision()
    case .remainderSigned: Self.signedRemainder()
    case .and: Self.conjunction(addresses)
    case .or: Self.sumWithoutCommonBits(times: 1)
    case .exclusiveOr: Self.sumWithoutCommonBits(times: 2)
    case .addOddBits: Self.oddBitsSum(addresses)
    case .shiftLeft: Self.leftShift(addresses)
    case .shiftRight: Self.rightShift(addresses)
    case .shiftRightSigned: Self.signedRightShift()
    case .rotateLeft: Self.leftRotation(addresses)
    case .countLeadingZeros: Self.leadingZeroCount(addresses)
    case .countTrailingZeros: Self.trailingZeroCount(addresses)
    case .countOnes: Self.oneCount()
    case .constant(let operation): Self.constantOperation(operation, addresses)
    }
  }

  /// Whether the routine reads ``AddressSpace/oddBitsTable``.
  var usesTable: Bool { self == .addOddBits }

  private static func constantOperation(_ operation: ConstantOperation, _ addresses: AddressSpace) -> AssemblyBlock {
    var emitter = CodeEmitter(addresses: addresses, ownLocalCount: 0, operandCount: 1)
    if let form = operation.form { emitter.applyInPlace(form) }
    emitter.emit(.return)
    return emitter.block
  }
}
