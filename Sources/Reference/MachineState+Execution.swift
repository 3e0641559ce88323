import InstructionSet

extension MachineState {
  /// Executes the instruction at the cursor; ``trace`` holds its tokens afterwards.
  mutating func executeInstruction() throws(ExecutionTrap) {
    let instruction = try fetch()
    let immediate = instruction.immediate
    trace.begin()
    switch instruction.opcode {
    case .halt: halt()
    case .br: branch(immediate)
    case .brIf: try branchIf(immediate)
    case .call: try call(immediate)
    case .return: try returnFromCall(immediate)
    case .drop, .globalSet: try drop()
    case .select: try select()
    case .const: try pushResult(immediate, +1)
    case .globalGet: try pushResult(0, +1)
    case .localGet: try pushResult(try readLocal(immediate), +1)
    case .localSet: try setLocal(immediate)
    case .localTee: try teeLocal(immediate)
    case .load: try load(immediate, byteCount: 4)
    case .load8Unsigned: try load(immediate, byteCount: 1)
    case .load16Unsigned: try load(immediate, byteCount: 2)
    case .load8Signed: try loadSigned(immediate, byteCount: 1, negativeMarks: 0b1111)
    case .load16Signed: try loadSigned(immediate, byteCount: 2, negativeMarks: 0b1110)
    case .store: try store(immediate, byteCount: 4)
    case .store8: try store(immediate, byteCount: 1)
    case .store16: try store(immediate, byteCount: 2)
    case .add: try calculate { .sum($0, $1) }
    case .sub: try calculate { .difference($0, $1) }
    case .eqz: try pushResult(try popOne() == 0 ? 1 : 0, +0)
    case .eq: try compare { $0 == $1 }
    case .ne: try compare { $0 != $1 }
    case .ltUnsigned: try compare { $0 < $1 }
    case .gtUnsigned: try compare { $0 > $1 }
    case .leUnsigned: try compare { $0 <= $1 }
    case .geUnsigned: try compare { $0 >= $1 }
    case .ltSigned: try compareSigned { $0 < $1 }
    case .gtSigned: try compareSigned { $0 > $1 }
    case .leSigned: try compareSigned { $0 <= $1 }
    case .geSigned: try compareSigned { $0 >= $1 }
    case .output: try printByte()
    case .inputBase: throw trap(.inputBaseRepeated)
    }
  }
}
