/// One token of a program or a trace.
public enum Token: Hashable, Sendable {
  /// A byte of a result; `marked` carries a carry, a borrow or a sign.
  case byte(UInt8, marked: Bool = false)
  /// A printable character of the input: the same embedding as the byte.
  case character(UInt8)
  /// The end of an instruction: cursor + 1, stack depth + `stackEffect`; with `stores` the four bytes before are pushed, with
  /// `branch` the cursor also moves by the signed four bytes before.
  case commit(Int, stores: Bool, branch: Bool)
  /// Announces the offset bytes of a jump.
  case branchTaken
  /// The end of a call: call depth + 1 and the jump.
  case callCommit
  /// The end of a return: call depth − 1 and the jump.
  case returnCommit
  /// The program printed a byte.
  case output(UInt8)
  /// An opcode in the program; `halt` also ends a trace.
  case instruction(Opcode)
  /// `{`, before the instructions of a universal machine's program.
  case programStart
  /// `}`, behind them.
  case programEnd
  /// The first token of a specialised machine.
  case start

  /// The token that stops the machine.
  public static let halt = Token.instruction(.halt)

  /// The pairs of stack effect and `stores` that commits come in.
  public static let commitForms: [(stackEffect: Int, stores: Bool)] = [
    (+1, true), (+0, true), (-1, true), (-2, true), (+0, false), (-1, false), (-2, false),
  ]

  /// The characters that stand for themselves: printable ASCII without the space.
  public static let printable: ClosedRange<UInt8> = 0x21...0x7e
}
