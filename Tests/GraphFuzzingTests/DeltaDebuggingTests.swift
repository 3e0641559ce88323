import GraphFuzzing
import Testing

/// The list that is left, for properties of which the answer is known.
struct DeltaDebuggingTests {
  @Test(arguments: [[], [0], [99], [0, 99], [17, 18, 19], Array(stride(from: 0, to: 100, by: 9))])
  func whatIsNeededIsLeft(_ needed: [Int]) {
    let left = minimized(Array(0..<100)) { Set($0).isSuperset(of: needed) }
    #expect(left == needed)
  }

  /// Elements that only count together, of which either pair does.
  @Test func oneOfSeveralReasonsIsLeft() {
    let left = minimized(Array(0..<40)) { elements in
      let set = Set(elements)
      return set.isSuperset(of: [3, 30]) || set.isSuperset(of: [7, 8])
    }
    #expect(left == [3, 30] || left == [7, 8])
  }

  @Test func noSingleElementCanBeRemoved() {
    var questions = 0
    let holds = { (elements: [Int]) -> Bool in
      questions += 1
      return elements.reduce(0, +) >= 700
    }
    let left = minimized(Array(1...60), while: holds)
    #expect(left.reduce(0, +) >= 700)
    for index in left.indices { #expect(left.reduce(0, +) - left[index] < 700) }
    #expect(questions < 1000)
  }
}
