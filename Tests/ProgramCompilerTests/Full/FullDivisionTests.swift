import InstructionSet
import ModuleExecution
import ProgramCompiler
import RandomNumbers
import Reference
import TestSupport
import Testing
import WebAssembly

/// Integer division and remainder of the full profile: right, and in few tokens.
@Suite struct FullDivisionTests {
  static let operators: [NumericOperator] = [
    .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i64DivS, .i64DivU, .i64RemS, .i64RemU,
  ]

  @Test(arguments: operators)
  func edgesThroughTheCompiler(_ operation: NumericOperator) throws {
    let type: ValueType = operation.isWide ? .i64 : .i32
    let calculate = try FullCalculator(operation, [type, type], type)
    var most = 0
    for dividend in operation.edges {
      for divisor in operation.edges {
        let outcome = try calculate(dividend, divisor)
        let place: Comment = "\(operation.rawValue) \(dividend) \(divisor)"
        let expected = operation.quotientOrRemainder(dividend, divisor)
        #expect(outcome.bits == expected, place)
        if expected == nil { #expect(outcome.trap == (divisor == 0 ? .integerDivideByZero : .integerOverflow), place) }
        most = max(most, outcome.tokenCount)
      }
    }
    #expect(most <= operation.tokenLimit, "\(operation.rawValue)")
  }

  @Test(arguments: operators)
  func randomOperandsThroughTheCompiler(_ operation: NumericOperator) throws {
    let type: ValueType = operation.isWide ? .i64 : .i32
    let calculate = try FullCalculator(operation, [type, type], type)
    var generator = SplitMix64(seed: 4)
    var most = 0
    for _ in 0..<(LongTests.areWanted ? 100_000 : 2_000) {
      let (dividend, divisor) = (operation.random(&generator), operation.random(&generator))
      let outcome = try calculate(dividend, divisor)
      #expect(
        outcome.bits == operation.quotientOrRemainder(dividend, divisor),
        "seed 4: \(operation.rawValue) \(dividend) \(divisor)")
      most = max(most, outcome.tokenCount)
    }
    #expect(most <= operation.tokenLimit, "seed 4: \(operation.rawValue)")
  }

  /// Ways in which a dividend may come onto the stack: a reference, bytes, and where paths meet.
  private static let dividends: [[WebAssembly.Operation]] = [
    [.localGet(0)], [.localGet(0), .i32Const(0), .numeric(.i32Add)], [.block(.result(.i32)), .localGet(0), .end],
    [.localGet(0), .localTee(0)], [.globalGet(0)],
  ]

  /// The remainder by a constant, and what the call writes.
  private func remainder(
    _ dividend: UInt32, _ path: [WebAssembly.Operation], by divisor: [WebAssembly.Operation]
  ) throws -> (outcome: ExecutionOutcome, tokenCount: Int) {
    var module = Module()
    module.types = [FunctionType(parameters: [.i32], results: [.i32])]
    module.globals = [
      Global(
        type: GlobalType(value: .i32, isMutable: false),
        initialValue: ModuleSketch.function(0, [.i32Const(Int32(bitPattern: dividend))]).body, offset: 0)
    ]
    module.functions = [ModuleSketch.function(0, path + divisor + [.numeric(.i32RemU)])]
    module.exports = [Export(name: "calculate", kind: .function(0), offset: 0)]
    let compiled = try FullProgramCompiler().compile(module)
    var instance = ModuleInstance(compiled, on: FullReferenceInterpreter(compiled.program))
    _ = try instance.instantiate()
    let before = instance.tokenCount
    let outcome = try instance.call("calculate", [.i32(Int32(bitPattern: dividend))])
    return (outcome, instance.tokenCount - before)
  }

  @Test(arguments: [1, 2, 3, 7, 10, 255, 641, 1 << 31, UInt32.max])
  func remainderByAConstant(_ divisor: UInt32) throws {
    let constant = WebAssembly.Operation.i32Const(Int32(bitPattern: divisor))
    for path in Self.dividends {
      for dividend in [0, 1, 9, 10, 11, 640, 641, 1 << 31, UInt32.max - 1, .max] {
        let (outcome, tokenCount) = try remainder(dividend, path, by: [constant])
        let place: Comment = "\(dividend) % \(divisor), \(path)"
        #expect(outcome == .returned([.i32(Int32(bitPattern: dividend % divisor))]), place)
        // A constant behind which a block ends is not known as one.
        let general = try remainder(dividend, path, by: [.block(.result(.i32)), constant, .end])
        #expect(general.outcome == outcome, place)
        #expect(tokenCount <= general.tokenCount - 6, place)
      }
      #expect(try remainder(5, path, by: [.i32Const(0)]).outcome == .trapped(.integerDivideByZero))
    }
  }
}

extension NumericOperator {
  fileprivate var isWide: Bool { rawValue.hasPrefix("i64") }

  /// The bits that an operand has.
  private var mask: UInt64 { isWide ? .max : 0xffff_ffff }

  /// The most tokens that one may take, whatever the operands.
  fileprivate var tokenLimit: Int { isWide ? 600 : 100 }

  /// 0, powers of two, their neighbours and negations.
  fileprivate var edges: [UInt64] {
    let bits = isWide ? 64 : 32
    var values: Set<UInt64> = [10, 0x5555_5555_5555_5555]
    for exponent in [0, 1, 8, 15, 16, 17, 31, 32, 33, 47, 48, 62, 63] where exponent < bits {
      let power = UInt64(1) << UInt64(exponent)
      values.formUnion([power - 1, power, power + 1])
    }
    values.formUnion(values.map { 0 &- $0 })
    return Set(values.map { $0 & mask }).sorted()
  }

  /// An operand of random length, which often has few bits set at its ends or all.
  fileprivate func random(_ generator: inout SplitMix64) -> UInt64 {
    let bits: UInt64 = isWide ? 64 : 32
    let value = UInt64.random(in: 0...(.max), using: &generator) >> UInt64.random(in: 64 - bits..<64, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return (0 &- value) & mask
    case 1: return value | UInt64(1) << (bits - 1)
    default: return value
    }
  }

  /// The result by Swift's arithmetic; nil for a trap.
  fileprivate func quotientOrRemainder(_ dividend: UInt64, _ divisor: UInt64) -> UInt64? {
    guard divisor != 0 else { return nil }
    switch self {
    case .i32DivU, .i64DivU: return dividend / divisor
    case .i32RemU, .i64RemU: return dividend % divisor
    default: break
    }
    let bits: UInt64 = isWide ? 64 : 32
    let signed = { (value: UInt64) in Int64(bitPattern: value << (64 - bits)) >> Int64(64 - bits) }
    let (a, b) = (signed(dividend), signed(divisor))
    let isDivision = self == .i32DivS || self == .i64DivS
    if b == -1 {
      if isDivision, a == Int64.min >> Int64(64 - bits) { return nil }
      return isDivision ? UInt64(bitPattern: 0 - a) & mask : 0
    }
    return UInt64(bitPattern: isDivision ? a / b : a % b) & mask
  }
}
