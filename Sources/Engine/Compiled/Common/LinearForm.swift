/// A sum of registers, each times a coefficient: what a register is exactly, with nothing rounded.
struct LinearForm: Sendable {
  /// The coefficient of each register, and that of 1 under `one`; none is zero.
  private(set) var terms: [Int: Coefficient]

  /// Stands for 1 among the registers.
  static let one = -1
  static let zero = LinearForm(terms: [:])

  private init(terms: [Int: Coefficient]) {
    self.terms = terms
  }

  /// A register itself.
  init(_ register: Int) {
    terms = [register: .number(1)]
  }

  /// What is known beforehand.
  init(_ coefficient: Coefficient) {
    terms = coefficient.isZero ? [:] : [Self.one: coefficient]
  }

  /// Adds another form times a coefficient; nil when a coefficient would be rounded.
  func adding(_ other: LinearForm, times factor: Coefficient) -> LinearForm? {
    var terms = terms
    for (register, coefficient) in other.terms {
      guard let product = coefficient.multiplied(by: factor),
        let sum = (terms[register] ?? .number(0)).adding(product)
      else { return nil }
      terms[register] = sum.isZero ? nil : sum
    }
    return LinearForm(terms: terms)
  }

  /// What it is if it is known beforehand.
  var coefficient: Coefficient? {
    if terms.isEmpty { return .number(0) }
    return terms.count == 1 ? terms[Self.one] : nil
  }

  /// The register that it is, if it is no more than that.
  var register: Int? {
    guard terms.count == 1, let term = terms.first, term.key != Self.one, term.value == .number(1) else { return nil }
    return term.key
  }

  /// Whether it has at most one register, so that it can stand in sums in the place of a register.
  var isShort: Bool { terms.count - (terms[Self.one] == nil ? 0 : 1) <= 1 }

  /// The terms in the order of the registers, which is that in which they become known.
  var ordered: [(register: Int, coefficient: Coefficient)] {
    terms.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
