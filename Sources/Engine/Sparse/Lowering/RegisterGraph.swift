/// A transformer's arithmetic as definitions, each of which reads only earlier ones. Equal definitions are made once.
struct RegisterGraph: Sendable {
  private(set) var definitions: [Definition] = [.given, .given, .given, .given]
  private(set) var heads: [AttendingHead] = []
  private(set) var functions: [GraphFunction] = []
  private var known: [Definition: Register] = [:]
  private var knownHeads: [AttendingHead: Int] = [:]

  /// The register with a definition, made if there is none.
  mutating func register(_ definition: Definition) -> Register {
    if let register = known[definition] { return register }
    let register = Register(index: definitions.count)
    definitions.append(definition)
    known[definition] = register
    return register
  }

  /// Lets a register be computed in another way, which may read later registers.
  mutating func define(_ register: Register, as definition: Definition) {
    definitions[register.index] = definition
  }

  /// Lets a function compute its results.
  mutating func define(_ function: GraphFunction) {
    for (place, register) in function.results.enumerated() {
      definitions[register.index] = .function(functions.count, result: place)
    }
    functions.append(function)
  }

  /// base + (the products, added in order).
  ///
  /// Products of zero are left out, and 0 + 1 · r is r itself: neither can change a sum but for the sign of a zero.
  mutating func sum(base: Register = .zero, _ products: [Product]) -> Register {
    let products = products.filter { $0.register != .zero }
    guard let first = products.first else { return base }
    if products.count == 1, base == .zero, first.weight == 1 { return first.register }
    return register(.sum(base: base, products: products))
  }

  /// relu(gate) · value.
  mutating func unit(gate: Register, value: Register) -> Register {
    gate == .zero || value == .zero ? .zero : register(.unit(gate: gate, value: value))
  }

  /// What a head attends to.
  mutating func attended(by head: AttendingHead) -> RegisterPair {
    let index = knownHeads[head] ?? heads.count
    if index == heads.count {
      heads.append(head)
      knownHeads[head] = index
    }
    // A mean of zeros is zero.
    return RegisterPair(
      x: head.values.x == .zero ? .zero : register(.attended(head: index, second: false)),
      y: head.values.y == .zero ? .zero : register(.attended(head: index, second: true)))
  }

  /// The weight w if a register is known to be w · `other` at every token, rounded once.
  func multiple(_ register: Register, of other: Register) -> Double? {
    if register == other { return 1 }
    if case .sum(base: .zero, let products) = definitions[register.index], products.count == 1,
      let product = products.first, product.register == other
    {
      return product.weight
    }
    return nil
  }

  /// The only register that a register is a multiple of, and the weight.
  func multiple(_ register: Register) -> Product {
    if case .sum(base: .zero, let products) = definitions[register.index], products.count == 1,
      let product = products.first
    {
      return product
    }
    return Product(weight: 1, register: register)
  }

  /// The registers that a definition reads.
  func reads(of definition: Definition) -> [Register] {
    switch definition {
    case .given, .embedding: []
    case .function(let function, _): [functions[function].argument, functions[function].one]
    case .sum(let base, let products): [base] + products.map(\.register)
    case .unit(let gate, let value): [gate, value]
    case .attended(let head, let second): heads[head].searchedRegisters + [heads[head].value(second: second)]
    }
  }

  /// Which definitions are read on a way to one of the roots.
  func needed(by roots: some Sequence<Register>) -> [Bool] {
    var needed = Array(repeating: false, count: definitions.count)
    var open = Array(roots)
    while let register = open.popLast() {
      if needed[register.index] { continue }
      needed[register.index] = true
      open += reads(of: definitions[register.index])
    }
    return needed
  }
}
