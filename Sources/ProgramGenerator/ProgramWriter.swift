import InstructionSet

/// Writes random functions; every part that it writes knows how many instructions it executes at most.
struct ProgramWriter {
  var random: RandomSource
  /// The functions that are finished, by number; they may be called.
  var signatures: [FunctionSignature] = []
  var functions: [[CodeItem]] = []
  var scope: FunctionScope
  /// Where the program keeps its data; addresses are small numbers plus one of these.
  let memoryBases: [UInt32]

  init(random: RandomSource) {
    var random = random
    let far: [UInt32] = [0xfff0, 0x7f_fffe, 0x3fe_0000]
    memoryBases = [0, 64, 64] + (random.pick(far).map { [$0] } ?? [])
    scope = FunctionScope(number: nil, hasResult: false, readable: [], writable: [], maximumSize: 0)
    self.random = random
  }

  mutating func emit(_ opcode: Opcode, _ immediate: UInt32 = 0) {
    scope.items.append(.instruction(Instruction(opcode, immediate)))
  }

  mutating func emit(_ item: CodeItem) {
    scope.items.append(item)
  }
}
