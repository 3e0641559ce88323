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
  /// Why there is no next token.
  public enum Pause: Hashable, Sendable {
    case halted
    case trapped(Trap)
    /// The host is to answer; see ``answer(_:)``.
    case host(service: Int)
  }

  public let program: FullProgram
  /// nil while there may be more tokens.
  public private(set) var pause: Pause?
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
    switch tokens.last {
    case .event(.halt): pause = .halted
    case .event(.trap(let trap)): pause = .trapped(trap)
    case .event(.host(let service)): pause = .host(service: service)
    default: break
    }
    return tokens.popFirst()
  }

  /// Calls a function once the program has stopped: what is above the lowest slots is popped, the operands are pushed, and the
  /// program goes on at an instruction.
  ///
  /// - Parameters:
  ///   - operands: the arguments, slots for further results, and the number of the instruction to return to: 0 is `halt`.
  ///   - slots: how many of the lowest slots to keep.
  /// - Returns: the tokens by which the host does so, to be appended to the trace.
  public mutating func call(_ instruction: Int, operands: [FullOperand], keeping slots: Int) -> [FullToken] {
    pause = nil
    tokens = []
    var appended: [FullToken] = []
    while machine.stack.count > slots {
      let count = min(FullToken.greatestPop, machine.stack.count - slots)
      machine.stack.removeLast(count)
      appended.append(.event(.pop(count)))
    }
    appended += answer(operands)
    machine.cursor = instruction
    return appended + [
      .byte(UInt8(truncatingIfNeeded: instruction)), .last(UInt8(truncatingIfNeeded: instruction >> 8), .jump(0)),
    ]
  }

  /// Goes on behind a host token, with values pushed.
  ///
  /// - Returns: the tokens by which the host pushes them, to be appended to the trace.
  public mutating func answer(_ values: [FullOperand]) -> [FullToken] {
    if case .host = pause { pause = nil }
    return values.flatMap { value in
      machine.stack.append(FullSlot(operand: value, isReference: false))
      return value.hostTokens
    }
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

  /// The bytes, least significant first.
  public var bytes: [UInt8] {
    (0..<width.rawValue).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
  }

  fileprivate var hostTokens: [FullToken] {
    bytes.dropLast().map { .byte($0) } + bytes.suffix(1).map { .hostValue($0, width) }
  }
}
