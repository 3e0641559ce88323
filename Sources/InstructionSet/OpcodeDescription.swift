/// What the compiler, the machine, the interpreter and the printer need to know about one opcode.
public struct OpcodeDescription: Hashable, Sendable {
  /// How an instruction ends, and so what it writes.
  public enum Ending: Hashable, Sendable {
    /// A commit whose four bytes before it are pushed on the operand stack.
    case push
    /// A commit after bytes that are stored in a local variable or in memory, or after none.
    case commit
    /// A jump: `branch_taken`, four offset bytes and this token.
    case branch(Token)
    /// A jump when the popped operand is not zero, else a plain commit.
    case conditionalBranch(Token)
    /// One token that prints the low byte of the popped operand.
    case output
    /// The token that stops the machine.
    case halt
  }

  /// Where the bytes of an instruction go that are not pushed.
  public enum Store: Hashable, Sendable {
    case local
    case memory
  }

  /// What the immediate means; instructions without one have four zero bytes.
  public enum Immediate: Hashable, Sendable {
    case none
    /// The number itself.
    case constant
    /// The number of a local variable.
    case local
    /// The number of a global variable.
    case global
    /// What is added to the popped address; for `input_base` the address itself.
    case offset
    /// Distance of the target from the next instruction; for `return` ~(instructions since the function's first).
    case jump
  }

  /// The change of the operand stack's depth.
  public let stackEffect: Int
  /// How many operands are read from the stack.
  public let operandCount: Int
  /// How many bytes are emitted before the ending, when the instruction is not a branch.
  public let byteCount: Int
  public let ending: Ending
  public let store: Store?
  public let immediate: Immediate
  /// The opcode's place among the 64 integer points of the circle x² + y² = 32045, counted by angle.
  public let pointIndex: Int
}

extension Opcode {
  /// The one table of opcodes.
  ///
  /// Opcodes that the machine tells apart from all others as a pair have neighbouring points.
  public var description: OpcodeDescription {
    switch self {
    case .halt: .ending(.halt, 0, pops: 0, point: 0)
    case .return: .ending(.branch(.returnCommit), 0, pops: 0, immediate: .jump, point: 8)
    case .call: .ending(.branch(.callCommit), 0, pops: 0, immediate: .jump, point: 5)
    case .br: .ending(.branch(.commit(+0, stores: false, branch: true)), 0, pops: 0, immediate: .jump, point: 4)
    case .brIf:
      .ending(
        .conditionalBranch(.commit(-1, stores: false, branch: true)), -1, pops: 1, immediate: .jump, point: 3)
    case .drop: .ending(.commit, -1, pops: 1, point: 10)
    case .select: .push(-2, pops: 3, point: 12)
    case .localGet: .push(+1, pops: 0, immediate: .local, point: 14)
    case .localSet: .storing(-1, pops: 1, bytes: 4, in: .local, immediate: .local, point: 16)
    case .localTee: .storing(0, pops: 1, bytes: 4, in: .local, immediate: .local, point: 17)
    case .globalGet: .push(+1, pops: 0, immediate: .global, point: 15)
    case .globalSet: .ending(.commit, -1, pops: 1, immediate: .global, point: 11)
    case .load: .push(0, pops: 1, immediate: .offset, point: 24)
    case .load8Unsigned: .push(0, pops: 1, immediate: .offset, point: 25)
    case .load8Signed: .push(0, pops: 1, immediate: .offset, point: 26)
    case .load16Signed: .push(0, pops: 1, immediate: .offset, point: 27)
    case .load16Unsigned: .push(0, pops: 1, immediate: .offset, point: 28)
    case .store: .storing(-2, pops: 2, bytes: 4, in: .memory, immediate: .offset, point: 19)
    case .store8: .storing(-2, pops: 2, bytes: 1, in: .memory, immediate: .offset, point: 20)
    case .store16: .storing(-2, pops: 2, bytes: 2, in: .memory, immediate: .offset, point: 21)
    case .const: .push(+1, pops: 0, immediate: .constant, point: 2)
    case .eqz: .push(0, pops: 1, point: 30)
    case .eq: .push(-1, pops: 2, point: 32)
    case .ne: .push(-1, pops: 2, point: 34)
    case .ltSigned: .push(-1, pops: 2, point: 36)
    case .leSigned: .push(-1, pops: 2, point: 37)
    case .gtSigned: .push(-1, pops: 2, point: 39)
    case .geSigned: .push(-1, pops: 2, point: 40)
    case .ltUnsigned: .push(-1, pops: 2, point: 42)
    case .leUnsigned: .push(-1, pops: 2, point: 43)
    case .gtUnsigned: .push(-1, pops: 2, point: 45)
    case .geUnsigned: .push(-1, pops: 2, point: 46)
    case .add: .push(-1, pops: 2, point: 48)
    case .sub: .push(-1, pops: 2, point: 49)
    case .output: .ending(.output, -1, pops: 1, point: 51)
    case .inputBase: .storing(0, pops: 0, bytes: 0, in: .memory, immediate: .offset, point: 22)
    }
  }
}

extension OpcodeDescription {
  fileprivate static func push(
    _ stackEffect: Int, pops: Int, immediate: Immediate = .none, point: Int
  ) -> OpcodeDescription {
    OpcodeDescription(
      stackEffect: stackEffect, operandCount: pops, byteCount: 4, ending: .push, store: nil, immediate: immediate,
      pointIndex: point)
  }

  fileprivate static func storing(
    _ stackEffect: Int, pops: Int, bytes: Int, in store: Store, immediate: Immediate, point: Int
  ) -> OpcodeDescription {
    OpcodeDescription(
      stackEffect: stackEffect, operandCount: pops, byteCount: bytes, ending: .commit, store: store,
      immediate: immediate, pointIndex: point)
  }

  fileprivate static func ending(
    _ ending: Ending, _ stackEffect: Int, pops: Int, immediate: Immediate = .none, point: Int
  ) -> OpcodeDescription {
    OpcodeDescription(
      stackEffect: stackEffect, operandCount: pops, byteCount: 0, ending: ending, store: nil, immediate: immediate,
      pointIndex: point)
  }
}
