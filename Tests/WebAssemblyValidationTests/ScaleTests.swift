import TestSupport
import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Large and unbalanced modules")
struct ScaleTests {
  @Test("A million nested constructs need no stack")
  func nesting() {
    let depth = 1_000_000
    let plain = Array(repeating: Operation.block(.empty), count: depth)
    let ends = Array(repeating: Operation.end, count: depth)
    #expect(validationError(SampleModule.around(plain + [.br(LabelIndex(depth))] + ends)) == nil)
    #expect(validationError(SampleModule.around(plain + [.br(LabelIndex(depth) + 1)] + ends))?.kind == .unknownLabel)
  }

  @Test("Time grows with the file, not with its square")
  func linearTime() {
    let begin = threadSeconds()
    // A million locals in runs of their own, each used; ten million labels that take 1,000 operands each; and as many
    // branches as a hundred kilobytes hold, each moving 1,000 operands.
    let count: UInt32 = 1_000_000
    let runs = (0..<count).map { Function.LocalRun(count: 1, type: $0 % 2 == 0 ? .i32 : .f32) }
    let gets = (0..<count).flatMap { [Operation.localGet($0), .drop] }
    #expect(validationError(SampleModule.around(gets, locals: runs)) == nil)

    let many = Array(repeating: ValueType.i32, count: FunctionType.maximumArity)
    let labels = Array(repeating: LabelIndex(0), count: Int(count))
    let table = Operation.brTable(BranchTable(labels: labels, defaultLabel: 0))
    var module = SampleModule.around([.unreachable] + Array(repeating: table, count: 10), results: many)
    #expect(validationError(module) == nil)

    module = SampleModule.around([.unreachable] + Array(repeating: .brIf(0), count: 50_000), results: many)
    #expect(validationError(module) == nil)
    #expect(threadSeconds() - begin < 60)
  }

  @Test("A type of more than 1,000 parameters or results may be there, but not be used")
  func arity() {
    let many = Array(repeating: ValueType.i32, count: FunctionType.maximumArity + 1)
    for type in [FunctionType(parameters: many, results: []), FunctionType(parameters: [], results: many)] {
      var module = SampleModule.around([.unreachable, .callIndirect(5)])
      module.types.append(type)
      #expect(validationError(module)?.kind == .arityLimit)
      module.functions.removeFirst()
      module.elements = []
      #expect(validationError(module) == nil)
      module.functions[0].type = 5
      #expect(validationError(module)?.kind == .arityLimit)
      let longest = FunctionType(
        parameters: Array(type.parameters.dropLast()), results: Array(type.results.dropLast()))
      module.types[5] = longest
      #expect(validationError(module) == nil)
    }
  }

  @Test("Bodies that no file has are refused, not trusted")
  func unbalanced() {
    func expectUnbalanced(_ operations: [Operation], sourceLocation: SourceLocation = #_sourceLocation) {
      var module = SampleModule.around([])
      module.functions[0].body = operations.enumerated().map { Instruction($1, offset: 100 + $0) }
      #expect(validationError(module)?.kind == .structure, sourceLocation: sourceLocation)
    }
    expectUnbalanced([])
    expectUnbalanced([.nop])
    expectUnbalanced([.block(.empty), .end])
    expectUnbalanced([.end, .end])
    expectUnbalanced([.end, .nop])
    expectUnbalanced([.end, .br(0)])
    expectUnbalanced([.end, .return])
    expectUnbalanced([.else, .end])
    expectUnbalanced([.block(.empty), .else, .end, .end])
    expectUnbalanced([.i32, .if(.empty), .else, .else, .end, .end])
    expectUnbalanced([.i32, .if(.empty), .else, .end, .else, .end])
  }
}
