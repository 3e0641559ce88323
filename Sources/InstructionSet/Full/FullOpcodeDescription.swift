/// What the compiler, the machine, the interpreter and the printer need to know about one opcode of the full profile.
public struct FullOpcodeDescription: Hashable, Sendable {
  /// Where the bytes of an instruction come from.
  public enum Operation: Hashable, Sendable {
    /// There are none.
    case nothing
    /// The immediate's first two bytes, if the popped operand meets the condition.
    case target(Condition)
    /// The target of one of several labels, by the popped number.
    case tableTarget
    /// The two bytes that the latest `table.get` wrote, if but one token came since.
    case lastTarget
    /// `first` · the operand below the top + `second` · the top + `and` · both with all bits anded, byte by byte with carry.
    case combination(first: Int, second: Int, and: Int)
    /// The operand below the top, unless the popped one is not zero: then the one below it stays as it is.
    case select
    /// The lowest bytes of the top, above them 0 or, for a signed one, copies of its sign.
    case extend(bytes: Int, signed: Bool)
    /// The product of both operands.
    case product
    /// The unsigned quotient of the operand below the top and the top: its bytes twice, first from the most significant one on.
    case quotient
    /// The operand below the top, shifted by the top; see ``Shift``.
    case shift(Shift)
    /// Whether the operand below the top is related to the top.
    case comparison(Comparison)
    /// A count of bits of the top; every byte but the last is the count over the bytes so far.
    case bitCount(BitCount)
    /// Bytes of memory from the popped address on, above them 0 or copies of the sign.
    case load(bytes: Int, signed: Bool)
    /// The top's lowest bytes, which go to memory from the popped address on.
    case store(bytes: Int)
  }

  /// When a jump is taken.
  public enum Condition: Hashable, Sendable {
    case always
    case ifNotZero
    case ifZero
  }

  /// How bits move. The top says how far by its lowest byte alone.
  public enum Shift: Hashable, Sendable {
    /// To the left by the top, from 0 to the width of the operand − 1.
    case left
    /// To the right by the width of the operand less the top, which is from 1 to the width.
    case rightUnsigned
    case rightSigned
    /// To the left by the top, from 0 to the width of the operand − 1; what leaves comes back on the right.
    case rotate
  }

  /// The relations that make a comparison true.
  public struct Comparison: Hashable, Sendable {
    public let less: Bool
    public let equal: Bool
    public let greater: Bool
    public let isSigned: Bool
  }

  public enum BitCount: Hashable, Sendable {
    case leadingZeros
    case trailingZeros
    case ones
  }

  /// How an instruction ends.
  public enum Ending: Hashable, Sendable {
    /// With its last byte.
    case last(FullToken.LastByte)
    /// With this token and no byte.
    case event(FullToken.Event)
    /// With no byte and the token of a kind that the immediate names.
    case numbered(NumberedEvent)
  }

  /// Events of which there is one for each number.
  public enum NumberedEvent: Hashable, Sendable {
    case pop
    case host
    case trap
  }

  /// What the immediate means; instructions without one have four zero bytes.
  public enum Immediate: Hashable, Sendable {
    case none
    /// The four bytes of an i32.
    case constant
    /// The number of an eight-byte constant of the program.
    case wideConstant
    /// The number of the instruction to jump to.
    case target
    /// A slot: for locals a signed distance from the top before a get or tee and after a set, else counted from the bottom, from 1.
    case slot
    /// What is added to the popped address.
    case offset
    /// 65,536 times the number of the last label; the labels follow, and the last one serves all greater numbers.
    case labels
    /// The number of a type, from 1, and 65,536 times that of elements; they are the labels from instruction 1 on, and behind
    /// them comes one of type 0.
    case elements
    /// The number of an instruction and 65,536 times that of a type, 0 for an element that is not initialized.
    case label
    /// The number of slots from which on the stack is exhausted.
    case depth
    /// A number within a range.
    case count(Range<Int>)
  }

  public let operation: Operation
  /// The size of the operands, where it matters for the operation.
  public let operandWidth: FullToken.ValueWidth
  /// How many bytes are written, the last one included.
  public let byteCount: Int
  public let ending: Ending
  public let immediate: Immediate
  /// How many operands are read from the stack.
  public let operandCount: Int
}
