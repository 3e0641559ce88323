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
  /// 1 for the tokens after which byte indices start again: the endings of instructions, `}` and `branch_taken`.
  let boundary: Expression
  /// 1 for `branch_taken`.
  let announcement: Expression
  /// 1 for tokens that jump by the four bytes before them.
  let jump: Expression
  /// The change of the operand stack's depth.
  let stackEffect: Expression
  /// 1 for commits that push the four bytes before them.
  let push: Expression
  /// The change of the call depth.
  let callEffect: Expression
  /// The point of an opcode.
  let opcodeX: Expression
  let opcodeY: Expression

  init(_ builder: inout GraphBuilder) {
    byte = builder.input("byte")
    signedByte = builder.input("signed_byte")
    mark = builder.input("mark")
    boundary = builder.input("boundary")
    announcement = builder.input("announcement")
    jump = builder.input("jump")
    stackEffect = builder.input("stack_effect")
    push = builder.input("push")
    callEffect = builder.input("call_effect")
    opcodeX = builder.input("opcode_x")
    opcodeY = builder.input("opcode_y")
  }

  /// The values of the columns for one token.
  func embedding(of token: Token) -> [Dimension: Double] {
    var values: [Dimension: Double] = [:]
    func set(_ column: Expression, _ value: Int) {
      if value != 0, let dimension = column.dimensions.first { values[dimension] = Double(value) }
    }
    switch token {
    case .byte(let value, let marked):
      set(byte, Int(value))
      set(signedByte, Int(Int8(bitPattern: value)))
      set(mark, marked ? 1 : 0)
    case .character(let value):
      set(byte, Int(value))
      set(signedByte, Int(Int8(bitPattern: value)))
    case .commit(let effect, let stores, let branch):
      set(boundary, 1)
      set(stackEffect, effect)
      set(push, stores ? 1 : 0)
      set(jump, branch ? 1 : 0)
    case .branchTaken:
      set(boundary, 1)
      set(announcement, 1)
    case .callCommit, .returnCommit:
      set(boundary, 1)
      set(jump, 1)
      set(callEffect, token == .callCommit ? 1 : -1)
    case .output:
      set(boundary, 1)
      set(stackEffect, -1)
    case .instruction(let opcode):
      set(opcodeX, opcode.point.x)
      set(opcodeY, opcode.point.y)
    case .programEnd:
      set(boundary, 1)
    case .programStart, .start:
      break
    }
    return values
  }
}
