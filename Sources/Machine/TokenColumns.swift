import Graph
import InstructionSet

/// The columns of the embedding: what a token brings into the residual stream.
struct TokenColumns {
  /// The value of a byte.
  let byte: Expression
  /// The value of a byte read as a signed number.
  let signedByte: Expression
  /// 1 for a byte with a mark.
  let mark: Expression
  /// 0 for the tokens after which byte indices start again (the endings of instructions, `}` and `branch_taken`), 1 for
  /// others.
  let continuation: Expression
  /// 1 for `branch_taken`.
  let announcement: Expression
  /// 1 for tokens that jump by the four bytes before them.
  let jump: Expression
  /// The change of the operand stack's depth.
  let stackEffect: Expression
  /// 0 for commits that push the four bytes before them, 1 for other tokens.
  let noPush: Expression
  /// The change of the call depth.
  let callEffect: Expression
  /// 0 for `call_commit`, 1 for other tokens.
  let noCall: Expression
  /// The point of an opcode.
  let opcodeX: Expression
  let opcodeY: Expression

  init(_ builder: inout GraphBuilder) {
    byte = builder.input("byte")
    signedByte = builder.input("signed_byte")
    mark = builder.input("mark")
    continuation = builder.input("continuation")
    announcement = builder.input("announcement")
    jump = builder.input("jump")
    stackEffect = builder.input("stack_effect")
    noPush = builder.input("no_push")
    callEffect = builder.input("call_effect")
    noCall = builder.input("no_call")
    opcodeX = builder.input("opcode_x")
    opcodeY = builder.input("opcode_y")
  }

  /// The values of the columns for one token.
  func embedding(of token: Token) -> [Dimension: Double] {
    var values: [Dimension: Double] = [:]
    func set(_ column: Expression, _ value: Int) {
      if value != 0, let dimension = column.dimensions.first { values[dimension] = Double(value) }
    }
    if token == .programStart || token == .start { return values }
    set(continuation, token.startsByteIndices ? 0 : 1)
    set(noPush, token.pushes ? 0 : 1)
    set(noCall, token == .callCommit ? 0 : 1)
    switch token {
    case .byte(let value, let marked):
      set(byte, Int(value))
      set(signedByte, Int(Int8(bitPattern: value)))
      set(mark, marked ? 1 : 0)
    case .character(let value):
      set(byte, Int(value))
      set(signedByte, Int(Int8(bitPattern: value)))
    case .commit(let effect, _, let branch):
      set(stackEffect, effect)
      set(jump, branch ? 1 : 0)
    case .branchTaken:
      set(announcement, 1)
    case .callCommit, .returnCommit:
      set(jump, 1)
      set(callEffect, token == .callCommit ? 1 : -1)
    case .output:
      set(stackEffect, -1)
    case .instruction(let opcode):
      set(opcodeX, opcode.point.x)
      set(opcodeY, opcode.point.y)
    case .programEnd, .programStart, .start:
      break
    }
    return values
  }
}

extension Token {
  /// Whether byte indices start again after the token.
  fileprivate var startsByteIndices: Bool {
    switch self {
    case .commit, .branchTaken, .callCommit, .returnCommit, .output, .programEnd: true
    case .byte, .character, .instruction, .programStart, .start: false
    }
  }

  /// Whether the four bytes before the token are pushed.
  fileprivate var pushes: Bool {
    if case .commit(_, let stores, _) = self { stores } else { false }
  }
}
