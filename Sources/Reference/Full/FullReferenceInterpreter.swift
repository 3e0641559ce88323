public import InstructionSet

/// Executes a full-profile program directly and emits the tokens that the machine would, without graph or weights.
///
/// ```swift
/// var interpreter = FullReferenceInterpreter(program)
/// while let token = try interpreter.next() { print(token.text) }
/// ```
///
/// Results come from Swift's own arithmetic on whole numbers; how the machine puts them together from bytes is not repeated.
public struct FullReferenceInterpreter: Sendable {
  public let program: FullProgram
  /// Why there is no next token; nil while there may be more.
  public private(set) var pause: FullPause?
  /// Instructions ended so far.
  public private(set) var instructionCount = 0
  private var machine: FullMachineState
  private var tokens: ArraySlice<FullToken> = []

  /// The machine behind the program's prompt.
  public init(_ program: FullProgram) {
    self.program = program
    machine = FullMachineState(program)
  }

  /// The index of the instruction whose tokens are being emitted.
  public var instructionIndex: Int { machine.index }

  /// The bytes that the program has printed so far.
  public var output: [UInt8] { machine.output }

  /// The operands on the stack, the lowest first.
  public var operands: [FullOperand] { machine.stack.map(\.operand) }

  /// The next token, nil while there is a ``pause``.
  ///
  /// - Throws: ``FullExecutionFault`` at an instruction whose effect is undefined, instead of its first token.
  public mutating func next() throws(FullExecutionFault) -> FullToken? {
    if let token = tokens.popFirst() { return token }
    guard pause == nil else { return nil }
    tokens = try machine.executeInstruction()[...]
    instructionCount += 1
    pause = tokens.last?.pause
    return tokens.popFirst()
  }

  /// Reads what the host writes while there is a ``pause``, and goes on behind it; nothing, where the host has nothing to answer.
  ///
  /// Values, pops, bytes of memory and jumps may follow each other in any order; the last token must be that of a value or a
  /// jump, or a pop. Behind a trap, where a store may come next, the first must be a jump.
  ///
  /// - Throws: ``FullExecutionFault`` at a token by which the machine would not do what the host wants.
  public mutating func read(_ tokens: some Sequence<FullToken>) throws(FullExecutionFault) {
    var isBehindTrap = if case .trapped = pause { true } else { false }
    pause = nil
    self.tokens = []
    for token in tokens {
      try machine.read(token, isBehindTrap: isBehindTrap)
      isBehindTrap = false
    }
    try machine.finishReading()
  }
}

/// A value on the stack.
public struct FullOperand: Hashable, Sendable {
  /// The bits, zero-extended.
  public let bits: UInt64
  public let width: FullToken.ValueWidth

  /// - Parameter bits: of which as many count as the width has.
  public init(_ bits: UInt64, _ width: FullToken.ValueWidth) {
    self.bits = width == .word ? bits & 0xffff_ffff : bits
    self.width = width
  }

  /// An i32.
  public init(_ word: UInt32) {
    self.init(UInt64(word), .word)
  }

  /// The bytes, least significant first.
  public var bytes: [UInt8] {
    (0..<width.rawValue).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
  }

  /// The tokens by which the host pushes the value.
  public var hostTokens: [FullToken] {
    bytes.dropLast().map { .byte($0) } + bytes.suffix(1).map { .hostValue($0, width) }
  }
}
