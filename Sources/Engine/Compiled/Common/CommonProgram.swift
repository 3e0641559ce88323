/// A sparse program's sums and neurons as code computes them for common tokens: what is a constant for all of these is none of its registers, what
/// only copies another register is that register, and what depends on the selected token alone is a column of a table.
struct CommonProgram: Sendable {
  /// What an operand is.
  enum Operand: Hashable, Sendable {
    case constant(Double)
    case register(Int)
    /// A column of the selected token's table.
    case column(Int)
  }

  /// A product of which one factor is known beforehand.
  struct Term: Sendable {
    let weight: Operand
    let factor: Operand
  }

  /// What computes a register.
  enum Operation: Sendable {
    /// base + (the terms, added in order). If nothing is rounded, products may be fused with sums.
    case sum(base: Operand?, terms: [Term], isExact: Bool)
    /// relu(gate) · value.
    case unit(gate: Operand, value: Operand)
  }

  /// Registers with what computes them, in order.
  private(set) var levels: [[(destination: Int, operation: Operation)]] = []  // [levels]
  /// The head whose token has a table; nil when there is none.
  let selector: TokenSelector?
  /// The table, column by column.
  private(set) var columns: [[Double]] = []  // [columns, rows]
  private var operands: [Operand] = []  // [registers]
  private var columnOfRows: [[Double]: Int] = [:]

  /// - Parameter outputs: The registers that the output head reads. They are no columns.
  init(_ program: SparseProgram, outputs: Set<Int>) {
    let constants = program.constants
    let plain = ExactForms(program, constants: constants, selector: nil)
    selector = TokenSelector.best(of: program, plain)
    let exact = selector.map { ExactForms(program, constants: constants, selector: $0) } ?? plain
    let needed = Self.needed(program, exact, outputs)
    for register in 0..<program.registerCount {
      operands.append(
        needed[register] ? operand(exact.forms[register], of: register, outputs) : .register(register))
    }
    for level in program.levels {
      levels.append([])
      for register in level.computedRegisters(in: program) where needed[register] {
        guard let evaluation = exact.evaluations[register], operands[register] == .register(register) else { continue }
        levels[levels.count - 1].append((register, operation(evaluation)))
      }
    }
  }

  /// What a register is.
  func operand(_ register: some BinaryInteger) -> Operand {
    operands[Int(register)]
  }

  /// The register by which a register's number is known; nil where it is a constant.
  func register(_ register: Int) -> Int? {
    switch operands[register] {
    case .constant: nil
    case .register(let register): register
    case .column: selector?.destination
    }
  }

  /// The registers that an operation reads.
  func reads(of operation: Operation) -> [Int] {
    let operands: [Operand] =
      switch operation {
      case .sum(let base, let terms, _): [base].compactMap { $0 } + terms.flatMap { [$0.weight, $0.factor] }
      case .unit(let gate, let value): [gate, value]
      }
    return operands.compactMap { operand in
      switch operand {
      case .constant: nil
      case .register(let register): register
      case .column: selector?.destination
      }
    }
  }
}

extension CommonProgram {
  private mutating func operand(_ form: LinearForm, of register: Int, _ outputs: Set<Int>) -> Operand {
    switch form.coefficient {
    case .number(let number): return .constant(number)
    case .column(let rows): return outputs.contains(register) ? .register(register) : .column(column(rows))
    case nil: return .register(form.register ?? register)
    }
  }

  private mutating func column(_ rows: [Double]) -> Int {
    if let known = columnOfRows[rows] { return known }
    columns.append(rows)
    columnOfRows[rows] = columns.count - 1
    return columns.count - 1
  }

  private mutating func operation(_ evaluation: RegisterEvaluation) -> Operation {
    switch evaluation {
    case .unit(let gate, let value): return .unit(gate: operands[gate], value: operands[value])
    case .sum(let base, let terms, let isExact):
      var products: [Term] = []
      for term in terms {
        let weight: Operand =
          switch term.coefficient {
          case .number(let number): .constant(number)
          case .column(let rows): .column(column(rows))
          }
        products.append(
          Term(weight: weight, factor: term.register == LinearForm.one ? .constant(1) : operands[term.register]))
      }
      return .sum(base: base.map { operands[$0] }, terms: products, isExact: isExact)
    }
  }

  /// Which registers are read on a way to a head, a column or the output head.
  private static func needed(_ program: SparseProgram, _ exact: ExactForms, _ outputs: Set<Int>) -> [Bool] {
    var needed = Array(repeating: false, count: program.registerCount)
    var open = Array(outputs) + program.registersOfHeads
    while let register = open.popLast() {
      if register == LinearForm.one || needed[register] { continue }
      needed[register] = true
      if exact.forms[register].coefficient != nil, !outputs.contains(register) { continue }
      if let other = exact.forms[register].register, other != register {
        open.append(other)
        continue
      }
      switch exact.evaluations[register] {
      case .unit(let gate, let value): open += [gate, value]
      case .sum(let base, let terms, _): open += terms.map(\.register) + [base].compactMap { $0 }
      case nil: break
      }
    }
    return needed
  }
}

extension SparseProgram {
  /// What heads, functions and columns read.
  fileprivate var registersOfHeads: [Int] {
    functions.flatMap { [$0.argument, $0.one] } + columns
      + insertions.flatMap { [$0.key.x, $0.key.y, $0.values.x, $0.values.y] }
      + lines.flatMap { [$0.key, $0.query, $0.values.x, $0.values.y] }
      + gathers.flatMap { [$0.query.x, $0.query.y] } + searches.flatMap { [$0.query.x, $0.query.y] }
  }
}

extension SparseProgram.Level {
  /// The registers of sums and neurons, in order.
  fileprivate func computedRegisters(in program: SparseProgram) -> [Int] {
    program.sums[sums].flatMap { Array($0.destination..<$0.destination + $0.count) }
      + Array(unitDestination..<unitDestination + units.count)
  }
}
