import Graph
import InstructionSet

/// The bytes, with the current index, that the result is made from; 0 where the opcode uses none.
struct SourceBytes {
  let first: Expression
  let second: Expression
}

extension MachineAssembly {
  /// Two gathers serve every opcode that copies or combines bytes already in the trace: the opcode decides their position.
  ///
  /// A word pushed by the commit at position p has its bytes at p − 4 … p − 1. Position 0 holds 0.
  mutating func chooseSources(
    _ state: TraceState, _ instruction: FetchedInstruction, _ operands: Operands
  ) -> SourceBytes {
    let gate = instruction.gate
    let byteOfWord = state.byteIndex - 4 * one
    let ofTop = operands.topPosition + byteOfWord
    let ofSecond = operands.secondPosition + byteOfWord
    var first = Expression.zero
    var second = Expression.zero
    func neuron(_ value: Expression, _ isOpcode: Expression, _ name: String) -> Expression {
      builder.reglu(value, isOpcode, name: "source.\(name)")
    }
    first += neuron(ofTop, gate.isOne(of: .localSet, or: .localTee), "local")
    first += neuron(ofTop, gate.isOne(of: .store, or: .store8), "store")
    first += neuron(ofTop, gate.isOne(of: .store16), "store16")
    first += neuron(ofTop, gate.isOne(of: .output), "output")
    first += neuron(ofTop, gate.isOne(of: .add, or: .sub), "top")
    second += neuron(ofSecond, gate.isOne(of: .add, or: .sub), "second")
    first += neuron(operands.thirdPosition + byteOfWord, gate.isOne(of: .select), "third")
    second += neuron(ofSecond, gate.isOne(of: .select), "second_selected")
    first += neuron(operands.callPosition + byteOfWord, gate.isOne(of: .return), "call")
    if mode == .universal {
      let ofImmediate = instruction.immediateBytePosition
      first += neuron(ofImmediate, gate.isOne(of: .const, or: .brIf), "const")
      first += neuron(ofImmediate, gate.isOne(of: .br, or: .call), "jump")
      second += neuron(ofImmediate, gate.isOne(of: .return), "return")
    }
    let firstPosition = builder.persist(first, name: "first_source")
    let secondPosition = builder.persist(second, name: "second_source")
    return SourceBytes(
      first: builder.gather([columns.byte], at: firstPosition, name: "first_byte")[0],
      second: builder.gather([columns.byte], at: secondPosition, name: "second_byte")[0])
  }
}
