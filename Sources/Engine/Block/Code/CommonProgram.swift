/// A sparse program's sums and neurons as they are for common tokens: what is a constant for all of these is none of its registers, and what
/// only copies another register is that register.
struct CommonProgram: Sendable {
  /// What an operand is.
  enum Operand: Hashable, Sendable {
    case constant(Double)
    case register(Int)
  }

  /// What computes a register.
  enum Operation: Sendable {
    /// base + (the products, added in order).
    case sum(base: Operand, products: [(weight: Double, factor: Operand)])
    /// relu(gate) · value.
    case unit(gate: Operand, value: Operand)
  }

  /// Registers with what computes them, in order.
  private(set) var levels: [[(destination: Int, operation: Operation)]] = []  // [levels]
  private var operands: [Int: Operand] = [:]

  init(_ program: SparseProgram) {
    for (register, number) in program.constants { operands[register] = .constant(number) }
    for level in program.levels {
      levels.append([])
      for group in program.sums[level.sums] { take(group, program) }
      for (place, unit) in program.units[level.units].enumerated() {
        take(.unit(gate: operand(unit.gate), value: operand(unit.value)), level.unitDestination + place)
      }
    }
  }

  /// What a register is.
  func operand(_ register: some BinaryInteger) -> Operand {
    operands[Int(register)] ?? .register(Int(register))
  }

  /// The register that holds a register's number; nil where it is a constant.
  func register(_ register: Int) -> Int? {
    if case .register(let register) = operand(register) { register } else { nil }
  }

  private mutating func take(_ group: SparseProgram.SumGroup, _ program: SparseProgram) {
    for sum in 0..<group.count {
      let first = group.firstProduct + sum * group.length
      let products = program.products[first..<first + group.length].map {
        (weight: $0.weight, factor: operand($0.register))
      }
      let base = operand(program.bases[group.firstBase + sum])
      take(.sum(base: base, products: products.filter { $0.factor != .constant(0) }), group.destination + sum)
    }
  }

  private mutating func take(_ operation: Operation, _ destination: Int) {
    if let operand = operation.operand {
      operands[destination] = operand
    } else {
      levels[levels.count - 1].append((destination, operation))
    }
  }
}

extension CommonProgram.Operation {
  /// The registers that are read.
  var reads: [Int] {
    let operands: [CommonProgram.Operand] =
      switch self {
      case .sum(let base, let products): [base] + products.map(\.factor)
      case .unit(.constant, let value): [value]
      case .unit(let gate, let value): [gate, value]
      }
    return operands.compactMap { if case .register(let register) = $0 { register } else { nil } }
  }

  /// The constant or the register that it is, if it is no more than that.
  fileprivate var operand: CommonProgram.Operand? {
    switch self {
    case .sum(.constant(let base), let products):
      if base == 0, products.count == 1, products[0].weight == 1 { return products[0].factor }
      var total = 0.0
      for product in products {
        guard case .constant(let factor) = product.factor else { return nil }
        total += product.weight * factor
      }
      return .constant(base + total)
    case .sum(let base, let products):
      return products.isEmpty ? base : nil
    case .unit(.constant(let gate), .constant(let value)): return .constant(gatedUnit(gate: gate, value: value))
    case .unit(.constant(let gate), let value):
      if gate == 1 { return value }
      return gate > 0 ? nil : .constant(0)
    case .unit(_, .constant(0)): return .constant(0)
    case .unit: return nil
    }
  }
}
