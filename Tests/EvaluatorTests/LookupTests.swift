import Evaluator
import Graph
import RandomNumbers
import Testing

@Suite(.serialized)
struct LookupTests {
  private typealias Method = GraphEvaluator.LookupMethod

  /// Columns: key, clear, value, query. What each position finds is spelled out beside it.
  private func fetch(_ rows: [[Double]], _ method: GraphEvaluator.LookupMethod) throws -> [Double] {
    try Trial(rows, lookups: method) { builder, columns in
      let square = builder.product(columns[0], columns[0], name: "square")
      return builder.fetch(
        [columns[2]], query: columns[3], key: columns[0], keySquare: square, clear: columns[1], name: "fetch")
    }[0]
  }

  @Test(arguments: GraphEvaluator.LookupMethod.allCases)
  func theEqualKeyIsFoundAndTheLatestWins(_ method: GraphEvaluator.LookupMethod) throws {
    let found = try fetch(
      [
        [0, 0, 0, 0],
        [5, 0, 50, 5],  // finds itself
        [7, 0, 70, 5],
        [5, 0, 51, 5],  // overwritten here
        [9, 0, 90, 5],
        [9, 0, 91, 7],
        [-4, 0, -40, 9],
        [3, 0, 30, -4],
      ], method)
    #expect(found == [0, 50, 50, 51, 51, 70, 91, -40])
  }

  @Test(arguments: GraphEvaluator.LookupMethod.allCases)
  func aMissFindsTheNearestKey(_ method: GraphEvaluator.LookupMethod) throws {
    let found = try fetch(
      [
        [0, 0, 0, 0],
        [10, 0, 100, 6],  // 10 is nearer than the first position's 0
        [20, 0, 200, 14],
        [20, 0, 201, 16],
        [10, 0, 101, 1000],
        [30, 0, 300, 15],  // halfway between 10 and 20: the later of the two
        [20, 0, 202, 15],
        [40, 0, 400, -1000],  // the first position's key 0
      ], method)
    #expect(found == [0, 100, 100, 201, 201, 101, 202, 0])
  }

  @Test(arguments: GraphEvaluator.LookupMethod.allCases)
  func clearedKeysAreNotFound(_ method: GraphEvaluator.LookupMethod) throws {
    let found = try fetch(
      [
        [0, 0, 0, 0],
        [5, 1, 50, 5],  // nothing is visible: the first position's 0
        [5, 0, 51, 5],
        [5, 1, 52, 5],  // the visible one, although older
        [5, 2, 53, 5],  // any clear value from 1 hides
        [8, 1, 80, 8],  // the nearest visible
        [0, 0, 9, 0],  // key 0 written: later than the first position
        [0, 1, 10, 0],
      ], method)
    #expect(found == [0, 0, 51, 51, 51, 51, 9, 9])
  }

  @Test(arguments: GraphEvaluator.LookupMethod.allCases)
  func gatherReadsThePositionAndStaysWithinTheTrace(_ method: GraphEvaluator.LookupMethod) throws {
    let rows: [[Double]] = [
      [0, 3], [11, 0], [22, 1], [33, 3], [44, 9], [55, -7], [66, 2.4], [77, 2.6], [88, 2.5],
    ]
    let found = try Trial(rows, lookups: method) { builder, columns in
      builder.gather([columns[0], builder.position], at: columns[1], name: "gather")
    }
    #expect(found[0] == [0, 0, 11, 33, 44, 0, 22, 33, 33])
    #expect(found[1] == [0, 0, 1, 3, 4, 0, 2, 3, 3])
  }

  @Test(arguments: GraphEvaluator.LookupMethod.allCases)
  func theAverageLeavesOutTheFirstPosition(_ method: GraphEvaluator.LookupMethod) throws {
    let found = try Trial([[100, 0], [1, 4], [2, 0], [6, 2], [-1, 2]], lookups: method) { builder, columns in
      builder.average(columns, name: "mean")
    }
    #expect(found[0] == [100, 1, 1.5, 3, 2])
    #expect(found[1] == [0, 4, 2, 2, 2])
  }

  @Test(arguments: GraphEvaluator.LookupMethod.allCases)
  func theAverageOfEqualKeysIsTheirMean(_ method: GraphEvaluator.LookupMethod) throws {
    let rows: [[Double]] = [[0, 0, 0], [4, 1, 4], [5, 10, 4], [4, 5, 4], [4, 6, 4], [5, 30, 5], [6, 8, 9]]
    let found = try Trial(rows, lookups: method) { builder, columns in
      let square = builder.reglu(columns[0], columns[0], name: "square")
      return builder.lookup(
        values: [columns[1]], query: PlanePoint(columns[2], builder.one), key: PlanePoint(2 * columns[0], -square),
        rule: .average, name: "mean")
    }
    #expect(found[0] == [0, 1, 1, 3, 4, 20, 8])
  }

  @Test func anyQueryDirectionWorks() throws {
    // Four keys on a square; queries along the axes and the diagonals.
    let keys: [[Double]] = [[1, 1], [-1, 1], [-1, -1], [1, -1]]
    let queries: [[Double]] = [[1, 2], [-2, 1], [-1, -2], [3, -1], [0, 1], [1, 0], [0, 0]]
    for method in GraphEvaluator.LookupMethod.allCases {
      for query in queries {
        let rows = keys.enumerated().map { $1 + [Double($0)] + query }
        let found = try Trial(rows, lookups: method) { builder, columns in
          builder.lookup(
            values: [columns[2]], query: PlanePoint(columns[3], columns[4]), key: PlanePoint(columns[0], columns[1]),
            rule: .latest, name: "corner")
        }
        let scores = keys.map { $0[0] * query[0] + $0[1] * query[1] }
        let winner = scores.indices.last { scores[$0] == scores.max() }
        #expect(found[0].last == winner.map(Double.init), "\(method) \(query)")
      }
    }
  }

  /// Random writes, clears and reads against a list that is searched by the words of the definition.
  @Test(arguments: GraphEvaluator.LookupMethod.allCases)
  func randomTracesMatchAPlainSearch(_ method: GraphEvaluator.LookupMethod) throws {
    let seed: UInt64 = 0x5eed_0001
    var random = SplitMix64(seed: seed)
    let rows: [[Double]] =
      [[0, 0, 0, 0]]
      + (1...1500).map { _ in
        [
          Double(Int.random(in: -20...20, using: &random)), Double(max(0, Int.random(in: -2...2, using: &random))),
          Double(Int.random(in: -99...99, using: &random)), Double(Int.random(in: -25...25, using: &random)),
        ]
      }
    let found = try fetch(rows, method)
    for position in 1..<rows.count {
      let query = rows[position][3]
      let visible = (0...position).filter { rows[$0][1] == 0 }
      let nearest = visible.map { abs(rows[$0][0] - query) }.min()
      let winner = visible.last { abs(rows[$0][0] - query) == nearest }
      #expect(found[position] == winner.map { rows[$0][2] }, "seed \(seed), position \(position)")
    }
  }

  /// At this key the recency term is far below the last bit of the key's square.
  @Test func aFarKeyOverwrittenTenThousandTimesReadsTheLatest() throws {
    let far = Double(8 << 20)
    let rows = [[0.0, 0, 0, 0]] + (1...10_000).map { [far - Double($0 % 2), 0, Double($0), far] }
    let found = try fetch(rows, .hull)
    for position in 1...10_000 {
      let expected = position == 1 ? 1 : Double(position - position % 2)
      #expect(found[position] == expected)
    }
  }
}
