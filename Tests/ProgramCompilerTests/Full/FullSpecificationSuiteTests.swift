import InstructionSet
import ModuleExecution
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
      var instance: ModuleInstance?
      for (command, module) in script.commands {
        if let module { instance = try Self.instance(of: Module(decoding: module)) }
        guard let call = command.call else { continue }
        guard let type = instance?.module.functions[Name(call.field)]?.type else {
          refused += 1
          continue
        }
        let place = "\(script.name), line \(command.line): \(call.field)"
        let arguments = zip(type.parameters, call.args ?? []).map { WebAssemblyValue($0, bits: $1.bits ?? 0) }
        let outcome = try instance?.call(Name(call.field), arguments, limit: Self.tokenLimit)
        checked += 1
        if let message = command.text {
          guard case .trapped(let trap) = outcome, trap.message.hasPrefix(message) || message.hasPrefix(trap.message)
          else {
            Issue.record("\(place): expected '\(message)', found \(outcome.map { "\($0)" } ?? "nothing")")
            continue
          }
        } else {
          let expected = zip(type.results, command.expected ?? []).map { WebAssemblyValue($0, bits: $1.bits ?? 0) }
          #expect(outcome == .returned(expected), "\(place)")
        }
      }
    }
    #expect(checked >= Self.leastChecked, "\(checked) checked, \(refused) refused")
  }
}

extension FullSpecificationSuiteTests {
  /// Instantiates a module with those of its exports that can be compiled; nil when it cannot be instantiated.
  private static func instance(of module: Module) throws -> ModuleInstance? {
    let names = module.exports.map(\.name).filter {
      (try? FullProgramCompiler().compile(module, exporting: [$0])) != nil
    }
    guard let compiled = try? FullProgramCompiler().compile(module, exporting: Set(names)) else { return nil }
    var instance = ModuleInstance(compiled, on: FullReferenceInterpreter(compiled.program))
    _ = try instance.instantiate(limit: tokenLimit)
    return instance
  }
}
