import Foundation
import TransformerVM

/// The picture of growing runs: tokens a second above, bytes a token below, both over the number of tokens.
struct GrowthPlot {
  /// The command that makes the picture again.
  let command: String
  let runs: [(name: String, points: [GrowthRun.Point])]

  private static let width = 720.0
  private static let height = 190.0
  private static let left = 90.0
  private static let top = 66.0
  private static let gap = 60.0
  private static let colours = ["#2a78b5", "#c4622d", "#3d8b40"]

  /// The picture, readable on light and on dark ground.
  var svg: String {
    let totalWidth = Self.left + Self.width + 30
    let totalHeight = Self.top + 2 * Self.height + Self.gap + 60
    var parts = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(totalWidth)) \(Int(totalHeight))" \
      font-family="system-ui, sans-serif" font-size="13">
      <rect width="100%" height="100%" fill="#ffffff"/>
      <text x="\(Int(Self.left))" y="24" font-size="15" fill="#222222">A token's cost as the run grows · \(command)</text>
      """
    ]
    parts.append(panel(top: Self.top, title: "tokens/s") { $0.tokensPerSecond })
    parts.append(panel(top: Self.top + Self.height + Self.gap, title: "bytes a token") { $0.bytesPerToken })
    parts.append(legend(y: totalHeight - 14))
    return parts.joined(separator: "\n") + "\n</svg>\n"
  }

  private func panel(top: Double, title: String, value: (GrowthRun.Point) -> Double) -> String {
    let points = runs.flatMap(\.points)
    let highest = Self.roundedUp(points.map(value).max() ?? 1)
    let exponents = points.map { log10(Double($0.tokens)) }
    let (first, last) = (exponents.min() ?? 4, max(exponents.max() ?? 5, (exponents.min() ?? 4) + 0.1))
    func x(_ tokens: Int) -> Double { Self.left + Self.width * (log10(Double(tokens)) - first) / (last - first) }
    func y(_ number: Double) -> Double { top + Self.height * (1 - number / highest) }
    var parts = ["<text x=\"\(Int(Self.left))\" y=\"\(Int(top - 8))\" fill=\"#222222\">\(title)</text>"]
    for step in 0...4 {
      let number = highest * Double(step) / 4
      parts.append(
        """
        <line x1="\(Self.left)" x2="\(Self.left + Self.width)" y1="\(Self.text(y(number)))" y2="\(Self.text(y(number)))" \
        stroke="#dddddd"/>
        <text x="\(Self.left - 8)" y="\(Self.text(y(number) + 4))" text-anchor="end" fill="#555555">\(Self.label(number))</text>
        """)
    }
    for exponent in Int(first.rounded(.up))...max(Int(first.rounded(.up)), Int(last + 1e-9)) {
      let place = Self.left + Self.width * (Double(exponent) - first) / (last - first)
      parts.append(
        """
        <text x="\(Self.text(place))" y="\(Self.text(top + Self.height + 18))" text-anchor="middle" \
        fill="#555555">10<tspan dy="-5" font-size="10">\(exponent)</tspan></text>
        """)
    }
    for (run, colour) in zip(runs, Self.colours) {
      let path = run.points.map { "\(Self.text(x($0.tokens))),\(Self.text(y(value($0))))" }.joined(separator: " ")
      parts.append("<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>")
    }
    return parts.joined(separator: "\n")
  }

  private func legend(y: Double) -> String {
    zip(runs, Self.colours).enumerated().map { index, entry in
      let x = Self.left + Double(index) * 120
      return """
        <rect x="\(x)" y="\(y - 10)" width="18" height="4" fill="\(entry.1)"/>
        <text x="\(x + 26)" y="\(y - 4)" fill="#222222">\(entry.0.name)</text>
        """
    }.joined(separator: "\n")
  }

  /// The least of 1, 2, 4, 6, 8, 10 times a power of ten that is no smaller.
  private static func roundedUp(_ number: Double) -> Double {
    guard number > 0 else { return 1 }
    let power = pow(10, log10(number).rounded(.down))
    return [1, 2, 4, 6, 8].map { $0 * power }.first { $0 >= number } ?? 10 * power
  }

  private static func text(_ number: Double) -> String {
    Numbers.decimal(number, places: 1)
  }

  private static func label(_ number: Double) -> String {
    number == 0
      ? "0" : number >= 10_000 ? Numbers.grouped(number) : Numbers.decimal(number, places: number < 10 ? 1 : 0)
  }
}
