import Evaluator
import Graph
import Testing

/// The neurons' arithmetic on all small integers. Row 0 is the first position, where `one` is 0.
struct LogicTests {
  private static let range = Array(-3...3).map(Double.init)
  private static let pairs = [[0.0, 0.0]] + range.flatMap { left in range.map { [left, $0] } }

  @Test func builtInInputs() throws {
    let trial = try Trial([[], [], [], []]) { builder, _ in
      [builder.one, builder.position, builder.positionSquared, builder.inverseLogPosition]
    }
    #expect(trial[0] == [0, 1, 1, 1])
    #expect(trial[1] == [0, 1, 2, 3])
    #expect(trial[2] == [0, 1, 4, 9])
    #expect(trial[3] == (0...3).map { BuiltInInput.inverseLogPosition.value(at: $0) })
  }

  @Test func persistCombinesLinearly() throws {
    let trial = try Trial(Self.pairs) { builder, columns in [2 * columns[0] - 0.5 * columns[1] + builder.one] }
    for (position, row) in Self.pairs.enumerated() {
      #expect(trial[0][position] == 2 * row[0] - 0.5 * row[1] + (position == 0 ? 0 : 1))
    }
  }

  @Test func regluPassesWhereTheGateIsPositive() throws {
    let trial = try Trial(Self.pairs) { builder, columns in [builder.reglu(columns[0], columns[1], name: "n")] }
    for (position, row) in Self.pairs.enumerated() { #expect(trial[0][position] == row[0] * max(0, row[1])) }
  }

  @Test func stepgluPassesWhereTheConditionIsNotNegative() throws {
    let trial = try Trial(Self.pairs) { builder, columns in [builder.stepglu(columns[0], columns[1], name: "n")] }
    for (position, row) in Self.pairs.enumerated() { #expect(trial[0][position] == (row[1] >= 0 ? row[0] : 0)) }
  }

  @Test func whereZeroPassesWhereTheConditionIsZero() throws {
    let trial = try Trial(Self.pairs) { builder, columns in [builder.whereZero(columns[0], columns[1], name: "n")] }
    for (position, row) in Self.pairs.enumerated() { #expect(trial[0][position] == (row[1] == 0 ? row[0] : 0)) }
  }

  @Test func productsHaveEverySign() throws {
    let trial = try Trial(Self.pairs) { builder, columns in
      [
        builder.product(columns[0], columns[1], name: "p"),
        builder.product(columns[0], columns[1], rightIsNonNegative: true, name: "q"),
      ]
    }
    for (position, row) in Self.pairs.enumerated() {
      #expect(trial[0][position] == row[0] * row[1])
      if row[1] >= 0 { #expect(trial[1][position] == row[0] * row[1]) }
    }
  }

  /// A condition that contains `one` is 0 at the first position, whatever constant it was meant to have.
  @Test func constantsVanishAtTheFirstPosition() throws {
    let trial = try Trial([[5], [5]]) { builder, columns in
      [
        builder.stepglu(columns[0], -2 * builder.one, name: "step"),
        builder.whereZero(columns[0], 7 * builder.one, name: "equal"),
        builder.stepglu(builder.one, columns[0], name: "constant"),
      ]
    }
    #expect(trial.values[1] == [0, 0, 1])
    #expect(trial.values[0] == [0, 0, 0])
  }

  @Test func tablesHoldOutsideAndBetweenTheirRows() throws {
    let rows = [7, -1e30, -2, -0.5, 0, 0.5, 1, 1.25, 2, 2.5, 3, 1e30].map { [$0] }
    let trial = try Trial(rows) { builder, columns in
      builder.table([[4, -2, 0], [1, 1, 2]], index: columns[0], name: "table")
        + builder.table([[9]], index: columns[0], name: "constant")
    }
    #expect(trial[0] == [0, 4, 4, 4, 4, 1, -2, -1.5, 0, 0, 0, 0], "0 at the first position")
    #expect(trial[1] == [0, 1, 1, 1, 1, 1, 1, 1.25, 2, 2, 2, 2])
    #expect(trial[2] == [0] + Array(repeating: 9, count: 11))
  }

  @Test func penaltiesThatCancelLeaveSmallTerms() throws {
    let trial = try Trial([[0, 0, 0], [3, 1, 0], [3, 0, 1], [3, 0, 0]]) { builder, columns in
      [builder.persist(-columns[0] - GraphBuilder.penalty * (builder.one - columns[1] - columns[2]), name: "height")]
    }
    #expect(trial[0] == [0, -3, -3, -1e30])
  }
}
