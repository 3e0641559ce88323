/// What an attention head found at a position.
package struct HeadReading: Hashable, Sendable {
  /// The query, which only says a direction.
  package let query: SIMD2<Double>
  /// The position that it was answered by; nil where several were averaged.
  package let position: Int?
  package let values: SIMD2<Double>
}

/// A head that finds something else in the model than in the graph.
package struct HeadDifference: Hashable, Sendable {
  package let layer: Int
  /// Counted from 0 in its layer.
  package let head: Int
  /// The graph's name for what is looked up.
  package let lookup: String
  /// By the graph.
  package let expected: HeadReading
  /// By the model.
  package let found: HeadReading
}

extension HeadDifference {
  /// One line.
  ///
  /// - Parameter name: how the token at a position is written.
  package func text(_ name: (Int) -> String) -> String {
    "layer \(layer), head \(head) ('\(lookup)') reads \(found.text(name)); by the graph it reads \(expected.text(name))"
  }
}

extension HeadReading {
  /// What was asked for, and what was found where.
  ///
  /// - Parameter name: how the token at a position is written.
  package func text(_ name: (Int) -> String) -> String {
    let place = position.map { "position \($0) (\(name($0)))" } ?? "a mean"
    let numbers = values.y == 0 ? "\(values.x.short)" : "\(values.x.short) and \(values.y.short)"
    // Keys on a parabola are asked for by the quotient.
    let query = query.y == 0 ? "(\(query.x.short), 0)" : "\((query.x / query.y).short)"
    return "\(numbers) at \(place) for the query \(query)"
  }
}

extension Double {
  /// Without the fraction where there is none.
  var short: String {
    let text = "\(self)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
