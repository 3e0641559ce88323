package import InstructionSet

/// Random programs of the base profile, to compare whatever executes programs.
package enum RandomProgram {
  /// A program that uses the whole base profile as a compiler would and always halts.
  ///
  /// Functions move their arguments into locals and zero the others, branches keep the operand stack's height, loops count,
  /// recursion is bounded, and addresses stay in range; nothing that the program does is undefined. Half of the programs read
  /// an input.
  ///
  /// - Parameters:
  ///   - seed: the same seed gives the same program on every machine.
  ///   - maximumInstructions: the most that it executes; at least 50.
  /// - Throws: never, unless the generator breaks a rule of ``Program``.
  package static func make(seed: UInt64, maximumInstructions: Int = 2_000) throws(ProgramError) -> Program {
    var writer = ProgramWriter(random: RandomSource(seed: seed))
    for _ in 0..<writer.random.number(in: 1...4) { writer.writeFunction() }
    let readsInput = writer.random.isOnce(in: 2)
    let inputBase = readsInput ? writer.randomOffset() : nil
    writer.writeMain(inputBase: inputBase, budget: max(50, maximumInstructions))
    let input = (0..<writer.random.number(in: 0...8)).map { _ in UInt8(writer.random.number(in: 1...255)) }
    return try Program(instructions: writer.layOut(), input: readsInput ? input : nil)
  }
}

extension ProgramWriter {
  /// The main program, then the functions in any order, so that calls lead forward and backward.
  fileprivate mutating func layOut() -> [Instruction] {
    let main = functions.count - 1
    var order = [main]
    var remaining = Array(0..<main)
    while let function = random.pick(remaining) {
      order.append(function)
      remaining.removeAll { $0 == function }
    }
    let layout = CodeLayout(functions: functions, order: order)
    return order.flatMap { layout.instructions(of: $0) }
  }
}
