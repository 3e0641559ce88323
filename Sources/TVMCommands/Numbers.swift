/// Numbers as people read them.
package enum Numbers {
  /// Digits in groups of three: 1,234,567.
  package static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    return (number < 0 ? "-" : "") + groups.joined(separator: ",")
  }

  /// A rate without its fraction, in groups of three.
  package static func grouped(_ rate: Double) -> String {
    Int(exactly: rate.rounded(.down)).map { grouped($0) } ?? "\(rate)"
  }

  /// A number and what it counts, whose plural ends in s.
  package static func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A number with a fixed number of decimals.
  package static func decimal(_ number: Double, places: Int) -> String {
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (number.magnitude * scale).rounded()
    guard scaled < 1e18 else { return "\(number)" }
    let whole = Int(scaled)
    let fraction = String(whole % Int(scale))
    let padded = String(repeating: "0", count: places - min(places, fraction.count)) + fraction
    let text = places == 0 ? "\(whole)" : "\(whole / Int(scale)).\(padded)"
    return number < 0 && whole != 0 ? "-" + text : text
  }
}

extension String {
  /// The text with spaces behind or before it, to a width.
  func padded(to width: Int, alignRight: Bool = false) -> String {
    let padding = String(repeating: " ", count: max(0, width - count))
    return alignRight ? padding + self : self + padding
  }
}
