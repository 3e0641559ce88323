import CArithmetic
import FloatOracle
import TestSupport
import Testing

/// Float arithmetic in terms of integers, compiled for the processor, against the processor's own.
@Suite struct FloatTests {
  private static let count = LongTests.areWanted ? 1_000_000 : 20_000
  private static let seed: UInt64 = 1

  /// The operators that are functions; the others are a few instructions of the compiler.
  static let operators = FloatOperator.all.filter { Routine.all[$0.name] != nil }

  @Test func everyFunctionHasAnOracle() {
    #expect(Set(Self.operators.map(\.name)) == Set(Routine.all.keys))
  }

  @Test(arguments: operators)
  func edges(_ operation: FloatOperator) throws {
    let routine = try #require(Routine.all[operation.name])
    let edges = OperandSamples.edges(operation.operands[0])
    for first in edges {
      for second in operation.operands.count == 1 ? [0] : edges {
        guard expectAgreement(operation, routine, first, second, "an edge") else { return }
      }
    }
  }

  @Test(arguments: operators)
  func randomOperands(_ operation: FloatOperator) throws {
    let routine = try #require(Routine.all[operation.name])
    var samples = OperandSamples(seed: Self.seed)
    for _ in 0..<Self.count {
      let (first, second) = samples.pair(operation.operands[0])
      guard expectAgreement(operation, routine, first, second, "seed \(Self.seed)") else { return }
    }
  }

  /// Whether the function gives what the processor does; the first difference is recorded.
  private func expectAgreement(
    _ operation: FloatOperator, _ routine: Routine.Function, _ first: UInt64, _ second: UInt64,
    _ origin: @autoclosure () -> String
  ) -> Bool {
    let bits = routine(first, second)
    let found: FloatOperator.Outcome =
      switch carithmetic_take_trap() {
      case CARITHMETIC_NO_TRAP: .bits(bits)
      case CARITHMETIC_INTEGER_OVERFLOW: .integerOverflow
      default: .invalidConversion
      }
    let expected = operation.outcome(first, second)
    if found == expected { return true }
    let operands = [first, second].prefix(operation.operands.count).map { String($0, radix: 16) }
    Issue.record(
      "\(origin()): \(operation.name) of \(operands.joined(separator: ", ")): expected \(expected), found \(found)")
    return false
  }
}
