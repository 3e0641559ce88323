import Foundation
import InstructionSet
import ProgramCompiler
import Testing
import WebAssembly

/// The official test suite's functions on i32 give the results that it asks for, or are refused.
///
/// The suite is data beside the package, at `TVM_SPEC` or `../shared/spec`; where it is missing, the tests are skipped.
@Suite(.enabled("no specification suite at TVM_SPEC or ../shared/spec") { SpecificationSuite.folder != nil })
struct SpecificationSuiteTests {
  /// How many results the base profile must reproduce: fewer mean that something is refused that was not.
  private static let leastChecked = 598

  @Test func resultsAndTraps() throws {
    var (checked, refused) = (0, 0)
    for script in try SpecificationSuite.scripts() {
      for group in script.groups {
        let module = try Module(decoding: group.bytes)
        // A memory that does not grow has other sizes and contents than what is asked for later.
        if module.functions.contains(where: { $0.body.contains { $0.operation == .memoryGrow } }) { continue }
        let executable = group.actions.filter { (try? program(module, [$0])) != nil }
        refused += group.actions.count - executable.count
        try checkResults(executable.filter { !$0.traps }, of: module, script.name)
        for action in executable where action.traps { try checkTrap(action, of: module, script.name) }
        checked += executable.count
      }
    }
    #expect(checked >= Self.leastChecked, "\(checked) checked, \(refused) refused")
  }

  /// All actions in one program, as later ones may read what earlier ones wrote.
  private func checkResults(_ actions: [SpecificationSuite.Action], of module: Module, _ name: String) throws {
    guard !actions.isEmpty else { return }
    let (memory, results) = try run(module, actions)
    for (index, action) in actions.enumerated() {
      let found = memory.load(results + 4 * index, byteCount: 4)
      #expect(found == action.expected ?? 1, "\(name), line \(action.line): \(action.field)")
    }
  }

  private func checkTrap(_ action: SpecificationSuite.Action, of module: Module, _ name: String) throws {
    let (memory, results) = try run(module, [action])
    #expect(memory.load(results, byteCount: 4) == 0, "\(name), line \(action.line): \(action.field)")
  }

  private func run(
    _ module: Module, _ actions: [SpecificationSuite.Action]
  ) throws -> (memory: FastMachine, results: Int) {
    let (program, results) = try program(module, actions)
    var machine = FastMachine(memoryBytes: results + (1 << 18))
    #expect(machine.run(program) == .halted)
    return (machine, results)
  }

  /// A program that calls exported functions and stores each result, 1 where there is none, far behind the memory.
  private func program(
    _ module: Module, _ actions: [SpecificationSuite.Action]
  ) throws -> (program: Program, results: Int) {
    var module = module
    if module.memories.isEmpty { module.memories = [MemoryType(limits: Limits(minimum: 0), offset: 0)] }
    let results = module.memories[0].limits.minimum * 65_536 + 32_768
    var body: [WebAssembly.Operation] = []
    for (index, action) in actions.enumerated() {
      guard let function = action.function(in: module) else { throw CocoaError(.featureUnsupported) }
      let call = try action.arguments.map { WebAssembly.Operation.const(try #require($0)) } + [.call(function)]
      let place = WebAssembly.Operation.const(results + 4 * UInt32(index))
      body += action.expected == nil ? call + [place, .const(1)] : [place] + call
      body.append(.store(0))
    }
    let functionCount = FunctionIndex(module.imports.count + module.functions.count)
    module.types.append(FunctionType(parameters: [], results: []))
    module.functions.append(ModuleSketch.function(TypeIndex(module.types.count - 1), body))
    module.exports = [Export(name: "compute", kind: .function(functionCount), offset: 0)]
    return (try ProgramCompiler().compile(module), Int(results))
  }
}
