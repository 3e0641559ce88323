import Foundation

/// Reads best solution and bound from the lines that CBC prints.
struct CbcLog {
  let start: Date
  private(set) var best: Double?
  private(set) var bound: Double?

  init(start: Date) {
    self.start = start
  }

  /// Takes note of a line and reports it when it says something new.
  mutating func read(_ line: String, progress: (ScheduleProgress, [Double]?) -> Void) {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
    let before = (best, bound)
    if line.hasPrefix("Cbc0010I") {
      best = Self.number(before: ["best", "solution"], in: words) ?? best
      bound = Self.number(after: ["best", "possible"], in: words) ?? bound
    } else if line.hasPrefix("Cbc0012I") {
      best = Self.number(after: ["solution", "of"], in: words) ?? best
    } else if line.hasPrefix("Cbc0013I"), let value = Self.number(after: ["to"], in: words) {
      bound = max(bound ?? value, value)
    } else if line.hasPrefix("Lower bound:") {
      bound = Self.number(after: ["Lower", "bound:"], in: words) ?? bound
    }
    guard before != (best, bound) else { return }
    progress(
      ScheduleProgress(
        halfWidth: best ?? .infinity, halfBound: bound ?? -.infinity, seconds: Date().timeIntervalSince(start)),
      nil)
  }

  private static func number(after marks: [String], in words: [String]) -> Double? {
    guard let place = place(of: marks, in: words), words.indices.contains(place + marks.count) else { return nil }
    return Double(words[place + marks.count])
  }

  private static func number(before marks: [String], in words: [String]) -> Double? {
    guard let place = place(of: marks, in: words), place > 0 else { return nil }
    return Double(words[place - 1])
  }

  private static func place(of marks: [String], in words: [String]) -> Int? {
    guard words.count >= marks.count else { return nil }
    return (0...words.count - marks.count).first { Array(words[$0..<$0 + marks.count]) == marks }
  }
}
