/// A reproducible source of random choices: SplitMix64, the same on every machine and in every version of the library.
package struct RandomSource: Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func bits() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number in the range, which must not be empty.
  package mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(bits() >> 32) % (range.upperBound - range.lowerBound + 1)
  }

  /// True once in so many times.
  package mutating func isOnce(in times: Int) -> Bool {
    number(in: 1...times) == 1
  }

  /// One of the elements, nil when there are none.
  package mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[number(in: 0...elements.count - 1)]
  }
}
