import InstructionSet
import Machine
import Testing

@Suite struct CirclePointTests {
  @Test func thereAreSixtyFourDistinctPointsOnTheCircle() {
    let points = CirclePoint.all
    #expect(points.count == 64)
    #expect(Set(points).count == 64)
    #expect(points.allSatisfy { $0.x * $0.x + $0.y * $0.y == 32045 })
  }

  @Test func pointsTurnCounterclockwise() {
    let points = CirclePoint.all
    for (point, next) in zip(points, points.dropFirst() + points.prefix(1)) {
      #expect(point.x * next.y - point.y * next.x > 0)
    }
  }

  @Test func opcodesHavePointsOfTheirOwn() {
    #expect(Set(Opcode.allCases.map(\.point)).count == Opcode.allCases.count)
  }

  @Test func aGateIsOneForItsOpcodeOnly() {
    for gated in Opcode.allCases {
      for executed in Opcode.allCases {
        let value = CirclePoint.gate(gated.point, at: executed.point)
        #expect(executed == gated ? value == 1 : value <= 0)
      }
    }
  }

  @Test func aGateOfTwoNeighboursIsOneForBothOnly() {
    let points = CirclePoint.all
    for index in points.indices {
      let pair = [points[index], points[(index + 1) % points.count]]
      for point in points {
        let value = CirclePoint.gate(pair[0], pair[1], at: point)
        #expect(pair.contains(point) ? value == 1 : value <= 0)
      }
    }
  }

  /// Pairs that the machine tests for with one neuron: a new opcode's point must not come between them.
  @Test func pairsThatShareANeuronAreNeighbours() {
    let pairs: [(Opcode, Opcode)] = [
      (.const, .brIf), (.br, .call), (.localSet, .localTee), (.store, .store8), (.store16, .inputBase),
      (.load, .load8Unsigned), (.load8Unsigned, .load8Signed), (.load8Signed, .load16Signed),
      (.load16Signed, .load16Unsigned), (.ltUnsigned, .leUnsigned), (.gtUnsigned, .geUnsigned), (.add, .sub),
    ]
    for (first, second) in pairs {
      #expect(abs(first.description.pointIndex - second.description.pointIndex) == 1, "\(first) and \(second)")
    }
  }
}
