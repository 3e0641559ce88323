/// The sign of a real number.
package enum Sign: Int8, Sendable {
  case negative = -1
  case zero = 0
  case positive = 1

  /// The sign of a finite number; both zeros have the sign `zero`.
  @inline(__always)
  init(of number: Double) {
    self = number > 0 ? .positive : number < 0 ? .negative : .zero
  }

  /// The sign of the negated number.
  var negated: Sign {
    switch self {
    case .negative: .positive
    case .zero: .zero
    case .positive: .negative
    }
  }

  /// The sign of the product of two numbers with these signs.
  static func * (left: Sign, right: Sign) -> Sign {
    switch left {
    case .negative: right.negated
    case .zero: .zero
    case .positive: right
    }
  }
}
