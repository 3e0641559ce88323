/// One token of a full-profile program or trace.
public enum FullToken: Hashable, Sendable {
  /// A byte behind which the instruction goes on, or a byte of the program; `marked` carries a carry or borrow.
  case byte(UInt8, marked: Bool = false)
  /// The last byte of an instruction, and what happens with the bytes. A mark on it means nothing.
  case last(UInt8, LastByte, marked: Bool = false)
  /// An instruction that writes no byte.
  case event(Event)
  /// The last byte of a value that the host pushes; it ends no instruction.
  case hostValue(UInt8, ValueWidth)
  /// The last byte of an address at which memory is written by the tokens that follow.
  case dataAddress(UInt8)
  /// A byte of memory that the program begins with, or that the host writes.
  case data(UInt8)
  /// An opcode in the program.
  case instruction(FullOpcode)
  /// `{`, the first token.
  case programStart
  /// `}`, behind the instructions.
  case programEnd

  /// The size of an operand.
  public enum ValueWidth: Int, Hashable, Sendable, CaseIterable {
    case word = 4
    case wide = 8
  }

  /// What the last byte of an instruction does with the bytes.
  public enum LastByte: Hashable, Sendable {
    /// They are a new operand; the depth changes by the number, what was popped included.
    case push(ValueWidth, Int)
    /// This byte alone is a new operand, an i32 below 256.
    case small(Int)
    /// They are popped and written to a slot of the frame.
    case setLocal(ValueWidth)
    /// As above, but they stay on the stack too.
    case teeLocal(ValueWidth)
    /// They are popped and written to a slot counted from the bottom.
    case setGlobal(ValueWidth)
    /// As above, and they are the new size of memory, in pages.
    case setMemorySize
    /// They were written to memory; address and value are popped.
    case store
    /// The two bytes are the next instruction's number; the depth changes by 0 or −1.
    case jump(Int)
    /// The two bytes are an instruction's number to be jumped to later; an operand is popped.
    case target
    /// The byte is popped and printed.
    case output
  }

  /// What an instruction without bytes does.
  public enum Event: Hashable, Sendable {
    /// Pushes the four bytes of its instruction's immediate.
    case constant
    /// Pushes the eight bytes behind the program to which its instruction's immediate points.
    case wideConstant
    /// Pushes what a slot of the frame holds.
    case local
    /// Pushes what a slot counted from the bottom holds.
    case global
    /// Pops so many operands, 1…64.
    case pop(Int)
    /// The host is asked for a service, 0…63; what it answers follows.
    case host(Int)
    /// There is room on the stack.
    case enter
    /// The program stops.
    case halt
    case trap(Trap)
  }

  /// Every ``LastByte``, in the order of token numbers.
  public static let lastBytes: [LastByte] = [
    .push(.word, -1), .push(.wide, -1), .push(.word, 0), .push(.wide, 0), .push(.word, -2), .push(.wide, -2),
    .small(-1), .small(0), .setLocal(.word), .setLocal(.wide), .teeLocal(.word), .teeLocal(.wide),
    .setGlobal(.word), .setGlobal(.wide), .setMemorySize, .store, .jump(0), .jump(-1), .target, .output,
  ]

  /// The greatest number that one ``Event/pop(_:)`` takes.
  public static let greatestPop = 64
  /// The number of host services.
  public static let hostServiceCount = 64

  /// Every ``Event``, in the order of token numbers.
  public static let events: [Event] =
    [.constant, .wideConstant, .local, .global, .enter, .halt] + (1...greatestPop).map { .pop($0) }
    + (0..<hostServiceCount).map { .host($0) } + Trap.allCases.map { .trap($0) }
}

/// Why a program was stopped. The machine counts by the order what is wrong with an element.
public enum Trap: Int, Hashable, Sendable, CaseIterable {
  case unreachable
  case indirectCallTypeMismatch
  case uninitializedElement
  case undefinedElement
  case outOfBoundsMemoryAccess
  case callStackExhausted
  case integerDivideByZero
  case integerOverflow
  case invalidConversionToInteger

  /// The trap in the words of the specification's test suite.
  public var message: String {
    switch self {
    case .unreachable: "unreachable"
    case .integerDivideByZero: "integer divide by zero"
    case .integerOverflow: "integer overflow"
    case .invalidConversionToInteger: "invalid conversion to integer"
    case .undefinedElement: "undefined element"
    case .uninitializedElement: "uninitialized element"
    case .indirectCallTypeMismatch: "indirect call type mismatch"
    case .callStackExhausted: "call stack exhausted"
    case .outOfBoundsMemoryAccess: "out of bounds memory access"
    }
  }
}
