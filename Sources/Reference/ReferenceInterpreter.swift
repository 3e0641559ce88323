public import InstructionSet

/// Executes a program directly and emits the tokens that the machine would, without graph or weights.
///
/// ```swift
/// var interpreter = ReferenceInterpreter(program)
/// while let token = try interpreter.next() { print(token.text) }
/// ```
///
/// The tokens are those that follow the prompt, the same for a universal and a specialised machine. What an instruction reads is
/// what the machine would find: the latest push at an operand's depth, the latest write to a local variable at this call
/// depth, 0 in memory where nothing was written. Where the machine would find something arbitrary, execution traps.
public struct ReferenceInterpreter: Sendable {
  /// Why there are no more tokens.
  public enum Ending: Hashable, Sendable {
    /// The last token was `halt`.
    case halted
    /// As many tokens were emitted as were asked for.
    case tokenLimit
    case trapped(ExecutionTrap)
  }

  public let program: Program
  public let maximumTokens: Int
  /// nil while there may be more tokens.
  public private(set) var ending: Ending?
  /// Tokens emitted so far, the prompt not included.
  public private(set) var tokenCount = 0
  /// Instructions begun so far, without `input_base`, which the prompt carries out, and with `halt`.
  public private(set) var instructionCount = 0
  private var machine: MachineState

  /// The machine behind the program's prompt.
  ///
  /// - Parameter maximumTokens: how many tokens to emit at most; a trace that is cut off may end inside an instruction.
  public init(_ program: Program, maximumTokens: Int = .max) {
    self.program = program
    self.maximumTokens = maximumTokens
    machine = MachineState(program.instructions)
    do {
      if let input = program.input { try machine.readInput(input) }
    } catch {
      ending = .trapped(error)
    }
  }

  /// The index of the instruction whose tokens are being emitted; before the first one 0.
  public var instructionIndex: Int { machine.index }

  /// The bytes that the program has printed so far.
  public var output: [UInt8] { machine.output }

  /// The next token, nil after `halt` and after the last token that was asked for.
  ///
  /// - Throws: ``ExecutionTrap`` at an instruction whose effect is undefined, instead of its first token, and from then on.
  public mutating func next() throws(ExecutionTrap) -> Token? {
    switch ending {
    case nil: break
    case .halted, .tokenLimit: return nil
    case .trapped(let trap): throw trap
    }
    guard tokenCount < maximumTokens else {
      ending = .tokenLimit
      return nil
    }
    if let token = machine.trace.take() {
      tokenCount += 1
      return token
    }
    return try firstTokenOfNextInstruction()
  }

  private mutating func firstTokenOfNextInstruction() throws(ExecutionTrap) -> Token? {
    do {
      try machine.executeInstruction()
    } catch {
      ending = .trapped(error)
      throw error
    }
    instructionCount += 1
    tokenCount += 1
    if machine.isHalted { ending = .halted }
    return machine.trace.take()
  }
}
