import InstructionSet
import ProgramCompiler
import Reference
import Testing
import WebAssembly

/// The official test suite's functions, compiled for the full profile and executed by its interpreter.
@Suite(.enabled("no specification suite at TVM_SPEC or ../shared/spec") { SpecificationSuite.folder != nil })
struct FullSpecificationSuiteTests {
  /// How many calls must be made: fewer mean that something is refused that was not.
  private static let leastChecked = 2419
  /// Tokens after which a call counts as endless.
  private static let tokenLimit = 3_000_000

  @Test func resultsAndTraps() throws {
    var (checked, refused) = (0, 0)
    for script in try FullSpecificationSuite.scripts() {
      var instance: Instance?
      for (command, module) in script.commands {
        if let module { instance = try Instance(Module(decoding: module)) }
        guard let call = command.call else { continue }
        guard let entry = instance?.compiled.entries[call.field] else {
          refused += 1
          continue
        }
        let place = "\(script.name), line \(command.line): \(call.field)"
        let pause = try instance?.call(entry, call.args ?? [], limit: Self.tokenLimit)
        checked += 1
        if let message = command.text {
          guard case .trapped(let trap) = pause, trap.message.hasPrefix(message) || message.hasPrefix(trap.message)
          else {
            Issue.record("\(place): expected '\(message)', found \(pause.map { "\($0)" } ?? "nothing")")
            continue
          }
        } else {
          #expect(pause == .halted, "\(place)")
          let expected = command.expected ?? []
          let found = instance?.results(expected.count) ?? []
          #expect(found.map(\.bits) == expected.map(\.bits), "\(place)")
          #expect(found.map { $0.width == .wide } == expected.map(\.isWide), "\(place)")
        }
      }
    }
    #expect(checked >= Self.leastChecked, "\(checked) checked, \(refused) refused")
  }
}

/// A module at work: what its functions write stays from call to call.
private struct Instance {
  let compiled: FullCompiledModule
  private var interpreter: FullReferenceInterpreter

  /// Instantiates a module with those of its exports that can be compiled; nil when it cannot be instantiated.
  init?(_ module: Module) throws {
    let names = module.exports.map(\.name.text).filter {
      (try? FullProgramCompiler().compile(module, exporting: [$0])) != nil
    }
    guard let compiled = try? FullProgramCompiler().compile(module, exporting: Set(names)) else { return nil }
    self.compiled = compiled
    interpreter = FullReferenceInterpreter(compiled.program)
    while try interpreter.next() != nil {}
  }

  mutating func call(
    _ entry: FullCompiledModule.Entry, _ arguments: [FullSpecificationSuite.Value], limit: Int
  ) throws -> FullReferenceInterpreter.Pause? {
    let operands = arguments.map { FullOperand($0.bits ?? 0, $0.isWide ? .wide : .word) }
    _ = interpreter.call(
      entry.instruction, operands: operands + entry.furtherSlots.map { FullOperand(0, $0) },
      keeping: compiled.slotCount)
    var count = 0
    while count < limit, try interpreter.next() != nil { count += 1 }
    return interpreter.pause
  }

  /// The lowest operands of the latest call.
  func results(_ count: Int) -> [FullOperand] {
    Array(interpreter.operands.dropFirst(compiled.slotCount).prefix(count))
  }
}
