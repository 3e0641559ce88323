import RandomNumbers

/// A reproducible source of random choices, the same on every machine and in every version of the library.
package struct RandomSource: Sendable {
  private var generator: SplitMix64

  package init(seed: UInt64) {
    generator = SplitMix64(seed: seed)
  }

  package mutating func bits() -> UInt64 {
    generator.next()
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
