import FloatOracle
import Foundation
import InstructionSet
import ProgramCompiler
import RandomNumbers
import TestSupport
import Testing
import WebAssembly

/// Floats in the full profile: operators linked from the arithmetic library, and values that only move.
@Suite struct FullFloatTests {
  private static let seed: UInt64 = 7
  /// Of the operands at the ends of ranges, so many are taken.
  private static let edgeCount = LongTests.areWanted ? 40 : 12
  private static let randomCount = LongTests.areWanted ? 1000 : 60

  private static let printsCounts = ProcessInfo.processInfo.environment["TVM_PRINT_COUNTS"] != nil

  /// The operators that are no functions of the arithmetic library but instructions of the compiler, some with a function's call:
  /// nothing but a program computes them, at some 10,000 pairs a second. `FloatTests` of `CArithmetic` does a million pairs for
  /// the functions; here `TVM_RANDOM_PAIRS` says how many.
  private static let derivedOperators = FloatOperator.all.filter {
    NumericOperator(rawValue: $0.name)?.isRoutine == false
  }
  private static let derivedCount =
    ProcessInfo.processInfo.environment["TVM_RANDOM_PAIRS"].flatMap(Int.init) ?? (LongTests.areWanted ? 20_000 : 2_000)

  @Test func derivedOperatorsAreTheseTen() {
    let names = ["sub", "ne", "abs", "neg", "copysign"].flatMap { ["f32.\($0)", "f64.\($0)"] }
    #expect(Set(Self.derivedOperators.map(\.name)) == Set(names))
  }

  @Test(arguments: derivedOperators)
  func randomOperands(_ operation: FloatOperator) throws {
    let calculate = try FullCalculator(operation)
    var random = OperandSamples(seed: Self.seed)
    for _ in 0..<Self.derivedCount {
      let (first, second) = random.pair(operation.operands[0])
      guard try expectAgreement(operation, calculate, first, second) else { return }
    }
  }

  /// Whether the program gives what the processor does; if not, that is recorded.
  private func expectAgreement(
    _ operation: FloatOperator, _ calculate: FullCalculator, _ first: UInt64, _ second: UInt64
  ) throws -> Bool {
    let found = try calculate(first, second)
    let expected = operation.outcome(first, second)
    if found.matches(expected) { return true }
    let operands = [first, second].map { String($0, radix: 16) }.joined(separator: ", ")
    Issue.record("seed \(Self.seed): \(operation) of \(operands): expected \(expected), found \(found)")
    return false
  }

  @Test(arguments: FloatOperator.all)
  func samples(_ operation: FloatOperator) throws {
    let calculate = try FullCalculator(operation)
    let all = OperandSamples.edges(operation.operands[0])
    let edges = (0..<Self.edgeCount).map { all[$0 * all.count / Self.edgeCount] }
    var random = OperandSamples(seed: Self.seed)
    let pairs =
      edges.flatMap { first in edges.map { (first, $0) } }
      + (0..<Self.randomCount).map { _ in random.pair(operation.operands[0]) }
    for (first, second) in pairs {
      guard try expectAgreement(operation, calculate, first, second) else { return }
    }
  }

  /// What the table in `Documentation/FullProfile.md` says, which this prints where `TVM_PRINT_COUNTS` is set: tokens on average for
  /// numbers up to 1,000, the first not negative, the most for any, and instructions.
  @Test func tokenCounts() throws {
    for operation in FloatOperator.all {
      let calculate = try FullCalculator(operation)
      var samples = OperandSamples(seed: Self.seed)
      var generator = SplitMix64(seed: Self.seed)
      let common = try (0..<100).map { _ in
        try calculate(
          operation.operands[0].number(in: 0...1000, &generator),
          operation.operands[0].number(in: -1000...1000, &generator)
        ).tokenCount
      }
      let any = try (0..<400).map { _ in
        let (first, second) = samples.pair(operation.operands[0])
        return try calculate(first, second).tokenCount
      }
      let (mean, most) = (common.reduce(0, +) / common.count, (any + common).max() ?? 0)
      let instructions = calculate.instructionCount - FullCalculator.frameInstructionCount
      if Self.printsCounts { print("| \(operation) | \(mean) | \(most) | \(instructions) |") }
      #expect(most <= (operation.operands[0] == .f32 || operation.result == .f32 ? 600 : 1000), "\(operation)")
    }
  }

  /// A signaling NaN goes through constants, variables, memory, choices and reinterpretation as it is.
  @Test(arguments: [
    (ValueType.f32, 0xffa0_0001 as UInt64, 0 as UInt64), (.f64, 0xfff4_0000_0000_0001, 0),
    (.f32, 0x8000_0000, 0x7f80_0001), (.f64, 1, 0x7ff0_0000_0000_0001),
  ])
  func movingValues(_ type: ValueType, _ first: UInt64, _ second: UInt64) throws {
    let isWide = type == .f64
    let integer: ValueType = isWide ? .i64 : .i32
    let constant = { (bits: UInt64) -> WebAssembly.Operation in
      isWide ? .f64Const(bitPattern: bits) : .f32Const(bitPattern: UInt32(truncatingIfNeeded: bits))
    }
    let place = MemoryArgument(alignment: 0, offset: 3)
    let body: [WebAssembly.Operation] = [
      // Local 0 and memory hold the first value, global 0 the second.
      constant(first), .localSet(0), constant(second), .globalSet(0),
      .const(1), .localGet(0), .store(isWide ? .f64Store : .f32Store, place),
      .const(1), .load(isWide ? .f64Load : .f32Load, place), .globalGet(0), .const(1), .select,
      .localTee(1), .numeric(isWide ? .i64ReinterpretF64 : .i32ReinterpretF32),
      .localGet(1), .globalGet(0), .const(0), .select, .numeric(isWide ? .i64ReinterpretF64 : .i32ReinterpretF32),
    ]
    var module = Module()
    module.types = [FunctionType(parameters: [], results: [integer, integer])]
    module.memories = [MemoryType(limits: Limits(minimum: 1), offset: 0)]
    module.globals = [
      Global(
        type: GlobalType(value: type, isMutable: true),
        initialValue: [Instruction(constant(0), offset: 0), Instruction(.end, offset: 0)], offset: 0)
    ]
    module.functions = [ModuleSketch.function(0, locals: 2, of: type, body)]
    module.exports = [Export(name: "calculate", kind: .function(0), offset: 0)]
    let found = try FullCalculator.call("calculate", of: module)
    #expect(found == [first, second])
  }
}

extension FloatOperator.Operand {
  /// The bits of a number in the range.
  fileprivate func number(in range: ClosedRange<Double>, _ generator: inout SplitMix64) -> UInt64 {
    let number = Double.random(in: range, using: &generator)
    return switch self {
    case .i32: UInt64(UInt32(bitPattern: Int32(number)))
    case .i64: UInt64(bitPattern: Int64(number))
    case .f32: UInt64(Float(number).bitPattern)
    case .f64: number.bitPattern
    }
  }
}

extension FullCalculator {
  init(_ operation: FloatOperator, arithmetic: FullLibrary? = nil) throws {
    let types = try (operation.operands + [operation.result]).map { try #require(ValueType(rawValue: $0.rawValue)) }
    try self.init(
      #require(NumericOperator(rawValue: operation.name)), Array(types.dropLast()), types[types.count - 1],
      arithmetic: arithmetic)
  }
}

extension FullCalculator.Outcome {
  func matches(_ expected: FloatOperator.Outcome) -> Bool {
    switch expected {
    case .bits(let bits): self.bits == bits
    case .integerOverflow: trap == .integerOverflow
    case .invalidConversion: trap == .invalidConversionToInteger
    }
  }
}
