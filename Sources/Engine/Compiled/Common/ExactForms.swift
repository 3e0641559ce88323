/// Finds for each register what it is exactly, and how it is computed with the least work.
///
/// Where intervals prove that a sum is rounded nowhere, in the model's order nor in any other, terms that cancel disappear, and terms
/// of one register become one. What depends on the selected token alone becomes a column of its table; so do neurons' gates, and a neuron
/// whose gate is a column is a product. Everything else is computed as the model does it. So no number changes but for the sign of
/// a zero.
struct ExactForms {
  private let program: SparseProgram
  private(set) var ranges: [NumberRange]  // [registers]
  /// What registers are: short forms, or the registers themselves.
  private(set) var forms: [LinearForm]  // [registers]
  private(set) var evaluations: [Int: RegisterEvaluation] = [:]
  /// The rows of the table in which a neuron is closed.
  private var closedRows: [Int: [Bool]] = [:]
  private let rowCount: Int

  init(_ program: SparseProgram, constants: [Int: Double], selector: TokenSelector?) {
    self.program = program
    ranges = RangeAnalysis(program, constants: constants).ranges
    forms = (0..<program.registerCount).map { LinearForm($0) }
    rowCount = selector?.pairs.count ?? 1
    for (register, number) in constants { forms[register] = LinearForm(.number(number)) }
    if let selector {
      forms[selector.destination] = LinearForm(selector.columns.x)
      forms[selector.destination + 1] = LinearForm(selector.columns.y)
    }
    for level in program.levels {
      for group in program.sums[level.sums] { take(group) }
      for (place, unit) in program.units[level.units].enumerated() {
        takeUnit(level.unitDestination + place, gate: Int(unit.gate), value: Int(unit.value))
      }
    }
  }

  /// What is known of a term.
  private func range(_ register: Int, _ coefficient: Coefficient) -> NumberRange {
    let factor = coefficient.range
    return register == LinearForm.one ? factor : NumberRange.unroundedProduct(factor, ranges[register])
  }

  /// Whether a form can be added up in any order.
  private func isExact(_ form: LinearForm) -> Bool {
    NumberRange.canAddInAnyOrder(form.terms.map { range($0.key, $0.value) })
  }

  /// Notes what a register is exactly.
  private mutating func note(_ register: Int, is form: LinearForm) {
    if form.isShort { forms[register] = form }
    evaluations[register] = .sum(base: nil, terms: form.ordered, isExact: true)
    let bounds = form.terms.reduce(NumberRange.zero) { $0 + range($1.key, $1.value) }
    ranges[register] = ranges[register].intersection(bounds)
  }
}

// Sums.
extension ExactForms {
  private mutating func take(_ group: SparseProgram.SumGroup) {
    for sum in 0..<group.count {
      let first = group.firstProduct + sum * group.length
      let products = program.products[first..<first + group.length].map {
        (weight: $0.weight, register: Int($0.register))
      }
      take(
        group.destination + sum,
        OrderedSum(
          base: Int(program.bases[group.firstBase + sum]),
          products: products.filter { forms[$0.register].coefficient?.isZero != true }))
    }
  }

  private mutating func take(_ destination: Int, _ sum: OrderedSum) {
    let isBare = forms[sum.base].coefficient?.isZero == true
    if let folded = constant(sum) {
      alias(destination, LinearForm(.number(folded)), NumberRange(folded))
    } else if sum.products.isEmpty {
      alias(destination, forms[sum.base], ranges[sum.base])
    } else if isBare, sum.products.count == 1, sum.products[0].weight == 1 {
      alias(destination, forms[sum.products[0].register], ranges[sum.products[0].register])
    } else {
      compute(destination, sum, isBare: isBare)
    }
  }

  /// A register that holds another's number, however that is computed.
  private mutating func alias(_ register: Int, _ form: LinearForm, _ range: NumberRange) {
    forms[register] = form
    ranges[register] = range
    evaluations[register] = .sum(base: nil, terms: form.ordered, isExact: true)
  }

  /// A sum of constants, in its order.
  private func constant(_ sum: OrderedSum) -> Double? {
    guard case .number(let base) = forms[sum.base].coefficient else { return nil }
    var total = 0.0
    for product in sum.products {
      guard case .number(let factor) = forms[product.register].coefficient else { return nil }
      total += product.weight * factor
    }
    return base + total
  }

  private mutating func compute(_ destination: Int, _ sum: OrderedSum, isBare: Bool) {
    var total = NumberRange.zero
    var form: LinearForm? = .zero
    /// What has been added up while nothing was rounded.
    var exact = LinearForm.zero
    var exactCount = 0
    for product in sum.products {
      let part = NumberRange.unroundedProduct(NumberRange(product.weight), ranges[product.register])
      let next = NumberRange.unroundedSum(total, part.rounded)
      form =
        part.isRepresentable && next.isRepresentable
        ? form?.adding(forms[product.register], times: .number(product.weight)) : nil
      if let form, isExact(form) {
        exact = form
        exactCount += 1
      } else {
        form = nil
      }
      total = next.rounded
    }
    let next = NumberRange.unroundedSum(ranges[sum.base], total)
    ranges[destination] = next.rounded
    if exactCount == sum.products.count, next.isRepresentable || isBare,
      let whole = exact.adding(forms[sum.base], times: .number(1)), isExact(whole)
    {
      note(destination, is: whole)
    } else {
      computeInOrder(destination, sum, isBare: isBare, exact, exactCount)
    }
  }

  /// A sum of which nothing is known but that its first products are an exact form.
  private mutating func computeInOrder(
    _ destination: Int, _ sum: OrderedSum, isBare: Bool, _ exact: LinearForm, _ exactCount: Int
  ) {
    var terms = exact.ordered
    var count = exactCount
    if let group = exclusiveBeginning(sum), group.count > exactCount { (terms, count) = group }
    for product in sum.products[count...] {
      terms.append(term(product) ?? (product.register, .number(product.weight)))
    }
    evaluations[destination] = .sum(base: isBare ? nil : sum.base, terms: terms, isExact: false)
  }

  /// A product as a term of one register or of none, rounded as it is.
  private func term(_ product: (weight: Double, register: Int)) -> (register: Int, coefficient: Coefficient)? {
    let form = forms[product.register]
    guard form.terms.count == 1, let term = form.terms.first,
      let coefficient = term.value.multiplied(by: .number(product.weight))
    else { return nil }
    return (term.key, coefficient)
  }

  /// The first products of a sum, as many as there are of which, for each token selected, at most one is not zero, or two of different registers.
  /// In whatever order they are added, there is nothing but their own rounding.
  private func exclusiveBeginning(
    _ sum: OrderedSum
  ) -> (terms: [(register: Int, coefficient: Coefficient)], count: Int)? {
    guard rowCount > 1 else { return nil }
    var counts = [Int](repeating: 0, count: rowCount)
    var form = LinearForm.zero
    var parts: [(register: Int, coefficient: Coefficient)] = []
    products: for product in sum.products {
      guard let part = term(product), part.register == LinearForm.one || ranges[part.register].isBounded else { break }
      for row in 0..<rowCount where part.coefficient[row] != 0 && closedRows[part.register]?[row] != true {
        counts[row] += 1
        if counts[row] > 2 || parts.contains(where: { $0.register == part.register && $0.coefficient[row] != 0 }) {
          break products
        }
      }
      guard let longer = form.adding(LinearForm(part.register), times: part.coefficient) else { break }
      form = longer
      parts.append(part)
    }
    return (form.ordered, parts.count)
  }
}

// Neurons.
extension ExactForms {
  private mutating func takeUnit(_ destination: Int, gate: Int, value: Int) {
    ranges[destination] = ranges[gate].opened * ranges[value]
    if let factor = forms[gate].coefficient?.opened {
      if factor == .number(1) { return alias(destination, forms[value], ranges[value]) }
      if factor.isZero { return alias(destination, .zero, .zero) }
      if let form = product(forms[value], of: value, factor) { return note(destination, is: form) }
    } else if let factor = forms[value].coefficient {
      if factor.isZero { return alias(destination, .zero, .zero) }
      if ranges[gate].lowest >= 0, let form = product(forms[gate], of: gate, factor) {
        return note(destination, is: form)
      }
    }
    if ranges[gate].highest <= 0, ranges[value].isBounded { return alias(destination, .zero, .zero) }
    closedRows[destination] = rowsClosing(gate)
    evaluations[destination] = .unit(gate: gate, value: value)
  }

  /// A register times a factor, if that is rounded nowhere.
  private func product(_ form: LinearForm, of register: Int, _ factor: Coefficient) -> LinearForm? {
    guard ranges[register].isBounded else { return nil }
    let isPower =
      switch factor {
      case .number(let number): Self.isPower(number)
      case .column(let rows): rows.allSatisfy(Self.isPower)
      }
    guard isPower || NumberRange.unroundedProduct(factor.range, ranges[register]).isRepresentable else { return nil }
    guard let product = LinearForm.zero.adding(form, times: factor) else { return nil }
    // A sum of two might be rounded before it was multiplied.
    return product.terms.count <= 1 || isExact(product) ? product : nil
  }

  /// Whether a factor is zero or changes nothing but an exponent.
  private static func isPower(_ factor: Double) -> Bool {
    factor == 0 || factor.magnitude.significand == 1 && (0x1p-60...0x1p60).contains(factor.magnitude)
  }

  /// The rows in which a gate is not positive.
  private func rowsClosing(_ gate: Int) -> [Bool]? {
    guard rowCount > 1, case .sum(_, let terms, isExact: true) = evaluations[gate] else { return nil }
    return (0..<rowCount).map { row in
      let bounds = terms.reduce(NumberRange.zero) { $0 + range($1.register, .number($1.coefficient[row])) }
      return bounds.isBounded && bounds.highest <= 0
    }
  }
}
