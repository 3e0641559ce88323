import CArithmetic
import FloatOracle
import TestSupport
import Testing

/// Division of i64 in terms of that of i32, compiled for the processor.
@Suite struct WideDivisionTests {
  private static let seed: UInt64 = 5

  @Test func quotientsAndRemainders() {
    var samples = OperandSamples(seed: Self.seed)
    let random = (0..<(LongTests.areWanted ? 10_000_000 : 200_000)).lazy.map { _ in samples.pair(.i64) }
    let edges = OperandSamples.edges(.i64)
    let pairs = edges.lazy.flatMap { first in edges.lazy.map { (first, $0) } }
    for (dividend, divisor) in pairs where !agree(dividend, divisor) { return }
    for (dividend, divisor) in random where !agree(dividend, divisor) { return }
  }

  /// Whether quotient and remainder are Swift's; a difference is recorded.
  private func agree(_ dividend: UInt64, _ divisor: UInt64) -> Bool {
    let quotient = carithmetic_i64_div_u(dividend, divisor)
    let quotientTrap = carithmetic_take_trap()
    let remainder = carithmetic_i64_rem_u(dividend, divisor)
    let remainderTrap = carithmetic_take_trap()
    if divisor == 0 {
      let isRight =
        quotientTrap == CARITHMETIC_INTEGER_DIVIDE_BY_ZERO && remainderTrap == CARITHMETIC_INTEGER_DIVIDE_BY_ZERO
      if !isRight { Issue.record("\(dividend) / 0: expected a trap") }
      return isRight
    }
    let isRight = quotient == dividend / divisor && remainder == dividend % divisor
    if !isRight {
      Issue.record("seed \(Self.seed): \(dividend) by \(divisor): found \(quotient) and \(remainder)")
    }
    return isRight
  }
}
