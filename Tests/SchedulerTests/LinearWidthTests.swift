import Graph
import RandomNumbers
import Scheduler
import Testing

struct LinearWidthTests {
  @Test func residuesAddAndMultiplyLikeNumbers() {
    let modulus = ModularNumber.modulus
    #expect(ModularNumber(0) == .zero)
    #expect(ModularNumber(1) == .one)
    #expect(ModularNumber(-1).residue == modulus - 1)
    #expect(ModularNumber(0x1p61) == .one)
    #expect(ModularNumber(0x1p-61) == .one)
    #expect(ModularNumber(0x1p-1) * ModularNumber(2) == .one)
    #expect(ModularNumber(Double.leastNonzeroMagnitude) * ModularNumber(0x1p1000) * ModularNumber(0x1p74) == .one)
    #expect(ModularNumber(1e30).residue == (1_000_000_000_000_000_019_884_624_838_656 as UInt128).residue(modulus))
    var random = SplitMix64(seed: 7)
    for _ in 0..<1000 {
      let a = Double(Int64(truncatingIfNeeded: random.next() >> 40)) - 0x1p23
      let b = Double(Int64(truncatingIfNeeded: random.next() >> 40)) * 0x1p-9
      #expect(ModularNumber(a) + ModularNumber(b) == ModularNumber(a + b), "\(a) + \(b)")
      #expect(ModularNumber(a) - ModularNumber(b) == ModularNumber(a - b), "\(a) - \(b)")
      #expect(ModularNumber(a) * ModularNumber(b) == ModularNumber(a * b), "\(a) * \(b)")
      if a != 0 { #expect(ModularNumber(a) * ModularNumber(a).inverse == .one, "1/\(a)") }
    }
  }

  /// Products of a random matrix with `rank` columns and one with `rank` rows have that rank.
  @Test func ranksOfProducts() {
    var random = SplitMix64(seed: 11)
    for rank in 0...6 {
      for _ in 0..<20 {
        let left = (0..<9).map { _ in (0..<rank).map { _ in Double(random.index(below: 19)) - 9 } }
        let right = (0..<rank).map { row in
          (0..<7).map { $0 < row ? 0 : $0 == row ? 1 : Double(random.index(below: 9)) }
        }
        var space = RowSpace()
        // The first rows make the left factor's rank sure.
        for row in 0..<rank { space.add(right[row].map { ModularNumber($0) }) }
        for row in left {
          space.add(
            (0..<7).map { column in ModularNumber((0..<rank).reduce(0.0) { $0 + row[$1] * right[$1][column] }) })
        }
        #expect(space.rank == rank)
      }
    }
  }

  /// Two dimensions of which only the sum is read later need one number, though they take two slots.
  @Test func sumsNeedOneNumber() throws {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let b = builder.input("b")
    let doubled = builder.persist(2 * a + 2 * b, name: "doubled")
    let found = builder.reglu(doubled, a + b, name: "found")
    let graph = try builder.finish(tokens: [TestGraphs.token([found])])
    let placements = [Placement(layer: 0, phase: .persist1), Placement(layer: 0, phase: .feedForward)]
    let layout = try Layout(
      of: Schedule(placements: placements, layerCount: 1, modelWidth: 8, reuse: .immediate), for: graph)
    let text = Plan(layout: layout, solver: "hand", status: .unproved, for: graph).text
    let widths = text.split(separator: "\n").filter { $0.contains("linear_width") }
    #expect(widths.map { $0.filter(\.isNumber) } == ["1", "2", "1"])
  }
}

extension UInt128 {
  fileprivate func residue(_ modulus: UInt64) -> UInt64 { UInt64(self % UInt128(modulus)) }
}
