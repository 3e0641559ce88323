import Foundation
package import RandomNumbers

extension SplitMix64 {
  /// What random tests begin with: the environment's `TVM_SEED`, else always the same.
  package static let testSeed = ProcessInfo.processInfo.environment["TVM_SEED"].flatMap(UInt64.init) ?? 20_261_121

  /// The numbers that follow from `testSeed`.
  package init() {
    self.init(seed: Self.testSeed)
  }

  /// A random one of `elements`, which must not be empty.
  package mutating func pick<Element>(from elements: [Element]) -> Element {
    elements[index(below: elements.count)]
  }

  /// `count` random bytes.
  package mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
  }
}
