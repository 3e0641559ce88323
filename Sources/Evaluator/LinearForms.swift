import Graph

/// Linear expressions over one vector of values, compiled into flat arrays.
///
/// The terms of a form are added in the order of `Expression.summationOrder`.
struct LinearForms: Sendable {
  /// The number of one form among those compiled.
  struct Index: Sendable {
    fileprivate let value: Int
  }

  private var starts: [Int] = [0]  // [forms + 1]
  private var dimensions: [Int] = []  // [terms]
  private var coefficients: [Double] = []  // [terms]

  /// The number of forms.
  var count: Int { starts.count - 1 }

  /// Compiles one more expression.
  mutating func append(_ expression: Expression) -> Index {
    for term in expression.summationOrder {
      dimensions.append(term.dimension.index)
      coefficients.append(term.coefficient)
    }
    starts.append(dimensions.count)
    return Index(value: count - 1)
  }

  /// The value of one form.
  @inline(__always)
  func value(of form: Index, _ values: [Double]) -> Double {
    var sum = 0.0
    for term in starts[form.value]..<starts[form.value + 1] {
      sum += coefficients[term] * values[dimensions[term]]
    }
    return sum
  }

  /// The values of all forms, in the order in which they were compiled.
  func evaluate(_ values: [Double], into results: inout [Double]) {
    for form in 0..<count { results[form] = value(of: Index(value: form), values) }
  }
}
