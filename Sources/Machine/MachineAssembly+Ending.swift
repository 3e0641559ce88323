import Graph
import InstructionSet

/// What the instruction emits besides bytes.
struct Ending {
  /// 1 while bytes of a result, a store or a jump are to be emitted, 0 when the instruction is to end or to announce a jump.
  let emitsByte: Expression
  /// The number of the token that ends the instruction or announces its jump.
  let number: Expression
}

extension MachineAssembly {
  mutating func chooseEnding(
    _ state: TraceState, _ instruction: FetchedInstruction, _ operands: Operands
  ) -> Ending {
    // What most opcodes share costs no neuron: four bytes, and the ending of the two-operand instructions.
    let usualEnding = Token.commit(-1, stores: true, branch: false)
    var byteCount = 4 * one
    var number = Double(TokenNumber.number(of: usualEnding) ?? 0) * one
    for opcode in Opcode.allCases where opcode != .inputBase {
      let isOpcode = instruction.gate.isOne(of: opcode)
      let usual = opcode.endingTokens(usual: usualEnding)
      let announced = Double(usual.announced - usual.plain)
      let change = Double(usual.plain - usual.reference) * one + announced * state.isAnnounced
      number += changeWhere(isOpcode, change, "ending.\(opcode.rawValue)")
      let count = opcode.emittedBytes(isAnnounced: state.isAnnounced, one: one) - 4 * one
      byteCount += changeWhere(isOpcode, count, "bytes.\(opcode.rawValue)")
    }
    let taken = Double(TokenNumber.number(of: .branchTaken) ?? 0)
    let notTaken = Double(TokenNumber.number(of: .commit(-1, stores: false, branch: false)) ?? 0)
    let untaken = builder.reglu(
      (notTaken - taken) * operands.topIsZero, instruction.gate.isOne(of: .brIf), name: "ending.not_taken")
    let usualNumber = builder.persist(number, name: "usual_ending")
    let remaining = builder.persist(byteCount - state.byteIndex, name: "remaining_bytes")
    return Ending(
      emitsByte: builder.stepglu(one, remaining - one, name: "emits_byte"),
      number: builder.persist(usualNumber + untaken, name: "ending"))
  }

  /// A neuron that carries `change` where the gate is open; nothing when there is no change.
  private mutating func changeWhere(_ isOpcode: Expression, _ change: Expression, _ name: String) -> Expression {
    guard let first = change.terms.first else { return .zero }
    let isMultipleOfOne = change == first.coefficient * one
    guard isMultipleOfOne else { return builder.reglu(change, isOpcode, name: name) }
    return first.coefficient * builder.reglu(one, isOpcode, name: name)
  }
}

extension Opcode {
  /// Token numbers: what the number starts from, what ends the instruction, and what ends it once its jump is announced.
  fileprivate func endingTokens(usual: Token) -> (reference: Int, plain: Int, announced: Int) {
    let reference = TokenNumber.number(of: usual) ?? 0
    func numbers(_ plain: Token, _ announced: Token? = nil) -> (reference: Int, plain: Int, announced: Int) {
      let number = TokenNumber.number(of: plain) ?? reference
      return (reference, number, announced.flatMap(TokenNumber.number) ?? number)
    }
    let effect = description.stackEffect
    switch description.ending {
    case .push: return numbers(.commit(effect, stores: true, branch: false))
    case .commit: return numbers(.commit(effect, stores: false, branch: false))
    case .branch(let token), .conditionalBranch(let token): return numbers(.branchTaken, token)
    case .halt: return numbers(.halt)
    case .output: return numbers(usual)
    }
  }

  /// How many bytes come before the ending; `output` counts its one token as a byte.
  fileprivate func emittedBytes(isAnnounced: Expression, one: Expression) -> Expression {
    switch description.ending {
    case .branch, .conditionalBranch: 4 * isAnnounced
    case .output: 4 * one
    case .halt, .push, .commit: Double(description.byteCount) * one
    }
  }
}
