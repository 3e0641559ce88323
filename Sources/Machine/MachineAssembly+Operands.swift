import Graph

/// What the operand stack and the call stack hold where the instruction reads them.
struct Operands {
  /// The top of the stack as a signed number, and the position of the commit that pushed it.
  let top: Expression
  let topPosition: Expression
  /// The same of the operand below it.
  let second: Expression
  let secondPosition: Expression
  /// The position of the commit that pushed the third operand.
  let thirdPosition: Expression
  /// The position of the call that made this frame.
  let callPosition: Expression
  /// 1 when the top of the stack is 0.
  let topIsZero: Expression
}

extension MachineAssembly {
  mutating func lookUpOperands(_ state: TraceState) -> Operands {
    let depth = state.stackDepth
    let word = state.word
    let position = builder.position
    let top = builder.fetch(
      [word, position], query: depth, key: depth, height: state.stackHeight, name: "top")
    let second = builder.fetch(
      [word, position], query: depth - one, key: depth, height: state.stackHeight, name: "second")
    let third = builder.fetch(
      [position], query: depth - 2 * one, key: depth, height: state.stackHeight, name: "third")
    let call = builder.fetch(
      [position], query: state.callDepth, key: state.callDepth, height: state.callHeight, name: "call")
    let isZero = builder.persist(builder.whereZero(one, top[0], name: "top_is_zero"), name: "top_is_zero")
    return Operands(
      top: top[0], topPosition: top[1], second: second[0], secondPosition: second[1], thirdPosition: third[0],
      callPosition: call[0], topIsZero: isZero)
  }
}
