import InstructionSet
import ProgramCompiler
import Reference
import Testing
import WebAssembly

/// Random modules print and store what the specification's semantics say.
struct RandomModuleTests {
  private static let firstSeed: UInt64 = 1
  private static let count: UInt64 = 600

  @Test func compiledModulesDoWhatTheyDid() throws {
    var finished = 0
    var machine = FastMachine(memoryBytes: 1 << 17)
    for seed in Self.firstSeed..<Self.firstSeed + Self.count {
      let module = RandomModule.make(seed: seed)
      var oracle = WebAssemblyOracle(module, fuel: 20_000)
      do { try oracle.call(1) } catch  where error.isOutOfFuel { continue } catch {}
      let program = try ProgramCompiler().compile(module)
      machine.memory = Array(repeating: 0, count: machine.memory.count)
      let ending = machine.run(program)
      guard ending == .halted, machine.output == oracle.output, machine.memory[..<1024] == oracle.memory[..<1024] else {
        Issue.record("seed \(seed): \(ending), printed \(machine.output), expected \(oracle.output)")
        return
      }
      finished += 1
    }
    #expect(finished > Int(Self.count) * 9 / 10)
  }

  /// The fast interpreter of these tests agrees with the reference, tokens included.
  @Test func fastMachineAgreesWithTheReference() throws {
    for seed in Self.firstSeed..<Self.firstSeed + 40 {
      let program = try ProgramCompiler().compile(RandomModule.make(seed: seed))
      var machine = FastMachine(memoryBytes: 1 << 17)
      let ending = machine.run(program, fuel: 100_000)
      guard ending == .halted else { continue }
      let execution = Execution(of: program, maximumTokens: machine.tokens + 1)
      #expect(execution.ending == .halted, "seed \(seed)")
      #expect(execution.tokens.count == machine.tokens, "seed \(seed)")
      #expect(execution.output == machine.output, "seed \(seed)")
    }
  }
}
