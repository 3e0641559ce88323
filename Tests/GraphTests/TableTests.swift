import Graph
import Testing

struct TableTests {
  private func table(_ columns: [[Double]]) throws -> Table {
    var builder = GraphBuilder()
    let index = builder.input("index")
    let outputs = builder.table(columns, index: index, name: "table")
    return try builder.finish(
      tokens: [TokenDefinition(text: "t", embedding: [:], score: outputs.reduce(.zero, +))]
    ).tables[0]
  }

  /// What the neurons and the first row give together, in the order in which an engine adds them.
  private func output(_ table: Table, column: Int, at index: Double) -> Double {
    table.neurons.reduce(table.columns[column][0]) { sum, neuron in
      sum + neuron.weights[column] * max(0, index - Double(neuron.breakpoint))
    }
  }

  /// All columns of one to four rows with values −1, 0 and 2, from below the first row to beyond the last.
  @Test func neuronsGiveEveryRow() throws {
    for rows in 1...4 {
      for code in 0..<power(3, rows) {
        let column = (0..<rows).map { [-1.0, 0, 2][code / power(3, $0) % 3] }
        let table = try table([column])
        #expect(table.rowCount == rows)
        for index in -2...rows + 2 {
          #expect(output(table, column: 0, at: Double(index)) == column[min(max(index, 0), rows - 1)])
        }
      }
    }
  }

  @Test func betweenIntegersTheLineIsFollowed() throws {
    let table = try table([[0, 4, -2]])
    #expect([0.25, 0.5, 1.5, 1.75].map { output(table, column: 0, at: $0) } == [1, 2, 1, -0.5])
  }

  @Test func neuronsAreSharedAndStraightRowsNeedNone() throws {
    let table = try table([[0, 1, 2, 3, 3, 3], [5, 5, 5, 5, 5, 6]])
    #expect(table.neurons.map(\.breakpoint) == [0, 3, 4, 5])
    #expect(table.neurons.map(\.weights) == [[1, 0], [-1, 0], [0, 1], [0, -1]])
    #expect(try self.table([[7, 7, 7]]).neurons.isEmpty)
  }
}

private func power(_ base: Int, _ exponent: Int) -> Int {
  (0..<exponent).reduce(1) { product, _ in product * base }
}
