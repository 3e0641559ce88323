/// How registers depend on an argument and on `one`: steps, each of which reads earlier ones.
struct FunctionExpression: Sendable {
  /// A step's operands are places: 0 for zero, 1 for the argument, 2 for `one`, then the steps in order.
  enum Step: Sendable {
    /// base + (the products, added in order).
    case sum(base: Int, products: [(weight: Double, place: Int)])
    /// relu(gate) · value.
    case unit(gate: Int, value: Int)
  }

  static let zero = 0
  static let argument = 1
  static let one = 2
  static let firstStep = 3

  private(set) var steps: [Step] = []
  /// The places of the results.
  var results: [Int] = []

  /// Adds a step; its place.
  mutating func append(_ step: Step) -> Int {
    steps.append(step)
    return Self.firstStep + steps.count - 1
  }

  /// The work of an evaluation, in sums' terms and units.
  var cost: Int {
    steps.reduce(0) { cost, step in
      if case .sum(_, let products) = step { cost + products.count + 1 } else { cost + 1 }
    }
  }

  /// The number of neurons among the steps.
  var neuronCount: Int {
    steps.count { if case .unit = $0 { true } else { false } }
  }

  /// The results for an argument, computed as engines compute them.
  func evaluate(_ argument: Double, one: Double) -> [Double] {
    var places = [0, argument, one]
    places.reserveCapacity(Self.firstStep + steps.count)
    for step in steps {
      switch step {
      case .sum(let base, let products):
        var sum = 0.0
        for product in products { sum += product.weight * places[product.place] }
        places.append(places[base] + sum)
      case .unit(let gate, let value):
        places.append(gatedUnit(gate: places[gate], value: places[value]))
      }
    }
    return results.map { places[$0] }
  }
}
