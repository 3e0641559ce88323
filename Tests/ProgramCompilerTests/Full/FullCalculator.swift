import InstructionSet
import ModuleExecution
import ProgramCompiler
import Reference
import Testing
import WebAssembly

/// One operator as a program of the full profile, which can be applied to operands again and again.
struct FullCalculator {
  struct Outcome: Hashable {
    /// The bits of the result; nil after a trap.
    let bits: UInt64?
    let trap: Trap?
    /// What the operator took with local variables as operands: of all tokens of the function, those that do not return.
    let tokenCount: Int
  }

  private let type: FunctionType
  /// The module once it is instantiated.
  private let begun: ModuleInstance

  init(
    _ operation: NumericOperator, _ parameters: [ValueType], _ result: ValueType, arithmetic: FullLibrary? = nil
  ) throws {
    type = FunctionType(parameters: parameters, results: [result])
    let operands = parameters.indices.map { Operation.localGet(LocalIndex($0)) }
    var module = Module()
    module.types = [type]
    module.functions = [ModuleSketch.function(0, operands + [.numeric(operation)])]
    module.exports = [Export(name: "calculate", kind: .function(0), offset: 0)]
    let compiler = arithmetic.map { FullProgramCompiler(arithmetic: $0) } ?? FullProgramCompiler()
    let compiled = try compiler.compile(module)
    var instance = ModuleInstance(compiled, on: FullReferenceInterpreter(compiled.program))
    #expect(try instance.instantiate() == .returned([]))
    begun = instance
  }

  /// Calls a function without parameters, and gives back the bits of its results; none if it traps or does not end soon.
  static func call(_ name: Name, of module: Module) throws -> [UInt64] {
    let compiled = try FullProgramCompiler().compile(module)
    var instance = ModuleInstance(compiled, on: FullReferenceInterpreter(compiled.program))
    #expect(try instance.instantiate() == .returned([]))
    guard case .returned(let results) = try instance.call(name, [], limit: 1_000_000) else { return [] }
    return results.map(\.bits)
  }

  /// How many instructions a program has whose function gives back a constant.
  static let frameInstructionCount = 16

  /// How many instructions the program has, `halt` and the like included.
  var instructionCount: Int { begun.module.program.instructions.count }

  func callAsFunction(_ operands: UInt64...) throws -> Outcome {
    var instance = begun
    let arguments = zip(type.parameters, operands).map { WebAssemblyValue($0, bits: $1) }
    var count = 0
    let outcome = try instance.call("calculate", arguments) { event in
      if case .tokens(let tokens) = event { count += tokens.count }
    }
    switch outcome {
    case .returned(let results):
      let result = try #require(results.first)
      let width = result.type == .i32 || result.type == .f32 ? 4 : 8
      // A call is three tokens; a return writes the result and jumps with two bytes; the second argument's slot is popped. Then
      // the result is written once more behind a reference, two slots are popped, and there is `halt`.
      let call = 3 + width + 2 + (type.parameters.count - 1)
      return Outcome(bits: result.bits, trap: nil, tokenCount: count - call - (1 + width + 3))
    case .trapped(let trap): return Outcome(bits: nil, trap: trap, tokenCount: count)
    case .exited, .stoppedAtLimit: throw CancellationError()
    }
  }
}
