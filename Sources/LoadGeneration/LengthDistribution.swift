import Foundation

/// How long prompts or answers are, in tokens.
package enum LengthDistribution: Hashable, Sendable {
  /// All are of one length.
  case fixed(Int)
  /// Every length of a range is as likely as any other.
  case uniform(ClosedRange<Int>)
  /// e to a normally distributed power: half are below the median, two thirds within a factor of e to the deviation.
  case logNormal(median: Int, deviation: Double)

  /// The lengths that can be asked for.
  package static let limits = 1...1_000_000

  /// Reads `128`, `64-256` or `lognormal:200:0.8`, which is median and deviation; nil for anything else.
  package init?(_ text: String) {
    func length(_ digits: Substring) -> Int? {
      guard let number = Int(digits), Self.limits.contains(number) else { return nil }
      return number
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 3, parts[0] == "lognormal" {
      guard let median = length(parts[1]), let deviation = Double(parts[2]), (0...4).contains(deviation) else {
        return nil
      }
      self = .logNormal(median: median, deviation: deviation)
      return
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(ends.count), let first = length(ends[0]), let last = length(ends[ends.count - 1]),
      first <= last
    else { return nil }
    self = ends.count == 1 ? .fixed(first) : .uniform(first...last)
  }

  /// A length, within the limits.
  package func draw(using random: inout some RandomNumberGenerator) -> Int {
    switch self {
    case .fixed(let length): return length
    case .uniform(let range): return Int.random(in: range, using: &random)
    case .logNormal(let median, let deviation):
      // The transform of Box and Muller; its first number must not be 0.
      let first = 1 - Double.random(in: 0..<1, using: &random)
      let second = Double.random(in: 0..<1, using: &random)
      let normal = (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
      let length = (Double(median) * exp(deviation * normal)).rounded()
      return Int(min(max(length, Double(Self.limits.lowerBound)), Double(Self.limits.upperBound)))
    }
  }
}
