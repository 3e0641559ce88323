import Transformer

/// A number that is computed at most once for each token. Registers are numbered in the order of their definitions.
struct Register: Hashable, Comparable, Sendable {
  let index: Int

  /// What is 0 at every token.
  static let zero = Register(index: 0)
  /// The position t.
  static let position = Register(index: 1)
  /// The recency of the position.
  static let inverseLog = Register(index: 2)
  /// t².
  static let square = Register(index: 3)

  static func < (left: Register, right: Register) -> Bool {
    left.index < right.index
  }
}

/// A register times a weight.
struct Product: Hashable, Sendable {
  let weight: Double
  let register: Register
}

/// The two coordinates of a key, a query or a value.
struct RegisterPair: Hashable, Sendable {
  let x: Register
  let y: Register
}

/// How a register gets its number.
enum Definition: Hashable, Sendable {
  /// One of the four registers that do not depend on the token.
  case given
  /// A column of the embedding.
  case embedding(column: Int)
  /// base + (the products, added in order).
  case sum(base: Register, products: [Product])
  /// relu(gate) · value.
  case unit(gate: Register, value: Register)
  /// A coordinate of what a head attends to.
  case attended(head: Int, second: Bool)
}

/// A head that has to be searched, by the registers it reads.
struct AttendingHead: Hashable, Sendable {
  let key: RegisterPair
  let query: RegisterPair
  let values: RegisterPair
  let rule: TransformerLayer.TieRule
  let kind: HeadKind
}

/// A transformer's arithmetic as definitions, each of which reads only earlier ones. Equal definitions are made once.
struct RegisterGraph: Sendable {
  private(set) var definitions: [Definition] = [.given, .given, .given, .given]
  private(set) var heads: [AttendingHead] = []
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
    case .sum(let base, let products): [base] + products.map(\.register)
    case .unit(let gate, let value): [gate, value]
    case .attended(let head, let second): heads[head].searchedRegisters + [heads[head].value(second: second)]
    }
  }
}

extension AttendingHead {
  /// One of the two values.
  func value(second: Bool) -> Register {
    second ? values.y : values.x
  }

  /// What must be known, besides the values, to decide where the head attends.
  var searchedRegisters: [Register] {
    switch kind {
    case .line(.x): [key.x, query.x]
    case .line(.y): [key.y, query.y]
    case .gather: [query.x, query.y]
    case .hull: [key.x, key.y, query.x, query.y]
    }
  }
}
