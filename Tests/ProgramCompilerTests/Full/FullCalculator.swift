import InstructionSet
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
  private let compiled: FullCompiledModule
  private let entry: FullCompiledModule.Entry
  /// The interpreter once the program has halted.
  private let begun: FullReferenceInterpreter

  init(
    _ operation: NumericOperator, _ parameters: [ValueType], _ result: ValueType, arithmetic: FullLibrary? = nil
  ) throws {
    type = FunctionType(parameters: parameters, results: [result])
    let operands = parameters.indices.map { Operation.localGet(LocalIndex($0)) }
    var module = Module()
    module.types = [type]
    module.functions = [ModuleSketch.function(0, operands + [.numeric(operation)])]
    module.exports = [Export(name: "calculate", kind: .function(0), offset: 0)]
    compiled = try FullProgramCompiler(arithmetic: arithmetic).compile(module)
    entry = try #require(compiled.entries["calculate"])
    var interpreter = FullReferenceInterpreter(compiled.program)
    while try interpreter.next() != nil {}
    begun = interpreter
  }

  /// How many instructions the program has, `halt` and the like included.
  var instructionCount: Int { compiled.program.instructions.count }

  func callAsFunction(_ operands: UInt64...) throws -> Outcome {
    var interpreter = begun
    let arguments = zip(type.parameters, operands).map { FullOperand($1, $0.width) }
    _ = interpreter.call(
      entry.instruction, operands: arguments + entry.furtherSlots.map { FullOperand(0, $0) },
      keeping: compiled.slotCount)
    var count = 0
    while try interpreter.next() != nil { count += 1 }
    if case .trapped(let trap) = interpreter.pause { return Outcome(bits: nil, trap: trap, tokenCount: count) }
    let result = interpreter.operands[compiled.slotCount]
    // A return writes the result, jumps with two bytes and comes to `halt`.
    return Outcome(bits: result.bits, trap: nil, tokenCount: count - result.width.rawValue - 3)
  }
}

extension ValueType {
  fileprivate var width: FullToken.ValueWidth {
    switch self {
    case .i32, .f32: .word
    case .i64, .f64: .wide
    }
  }
}
