/// Metrics in Prometheus' text format, version 0.0.4.
struct PrometheusText {
  private(set) var text = ""

  /// Adds a metric with its values by labels.
  mutating func add(
    _ name: String, _ type: String, _ help: String, _ values: [(labels: [(String, String)], value: Double)]
  ) {
    begin(name, type, help)
    for (labels, value) in values { line(name, labels, value) }
  }

  /// Adds a histogram.
  mutating func add(_ name: String, _ help: String, _ histogram: Histogram) {
    begin(name, "histogram", help)
    var count = 0
    for (bound, more) in zip(histogram.bounds.map { String($0) } + ["+Inf"], histogram.counts) {
      count += more
      line(name + "_bucket", [("le", bound)], Double(count))
    }
    line(name + "_sum", [], histogram.sum)
    line(name + "_count", [], Double(count))
  }

  private mutating func begin(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private mutating func line(_ name: String, _ labels: [(String, String)], _ value: Double) {
    let list = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
    let number = Int(exactly: value).map(String.init) ?? String(value)
    text += name + (list.isEmpty ? "" : "{\(list)}") + " \(number)\n"
  }

  private static func escaped(_ label: String) -> String {
    var escaped = ""
    for scalar in label.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
