/// The registers that depend on an argument and on `one` alone, and how.
struct FunctionMembers {
  let argument: Register
  private(set) var expression = FunctionExpression()
  private(set) var neuronCount = 0
  private var places: [Register: Int]
  private var neurons: Set<Register> = []

  init(argument: Register, one: Register) {
    self.argument = argument
    places = [.zero: FunctionExpression.zero, argument: FunctionExpression.argument, one: FunctionExpression.one]
  }

  /// Whether a register depends on nothing else.
  func isKnown(_ register: Register) -> Bool { places[register] != nil }

  /// Whether it is one of the neurons.
  func isNeuron(_ register: Register) -> Bool { neurons.contains(register) }

  /// Whether it is known and neither argument, `one` nor zero.
  func isComputed(_ register: Register) -> Bool {
    (places[register] ?? 0) >= FunctionExpression.firstStep
  }

  /// The step of a register that is computed here.
  func place(of register: Register) -> Int? {
    places[register].flatMap { $0 >= FunctionExpression.firstStep ? $0 : nil }
  }

  /// Takes in a register if it depends on nothing else. Definitions come in order.
  mutating func take(_ definition: Definition, of register: Register) {
    switch definition {
    case .sum(let base, let products):
      guard let step = step(base, products) else { return }
      places[register] = expression.append(step)
    case .unit(let gate, let value):
      guard let gate = places[gate], let value = places[value] else { return }
      places[register] = expression.append(.unit(gate: gate, value: value))
      neurons.insert(register)
      neuronCount += 1
    case .given, .embedding, .attended, .function: break
    }
  }

  private func step(_ base: Register, _ products: [Product]) -> FunctionExpression.Step? {
    guard let base = places[base] else { return nil }
    var factors: [(weight: Double, place: Int)] = []
    for product in products {
      guard let place = places[product.register] else { return nil }
      factors.append((product.weight, place))
    }
    return .sum(base: base, products: factors)
  }

  /// The place of a sum of members, which is none itself, as a further step.
  func placeOfPrefix(_ graph: RegisterGraph, _ register: Register, _ expression: inout FunctionExpression) -> Int {
    guard case .sum(let base, let products) = graph.definitions[register.index], let step = step(base, products) else {
      return FunctionExpression.zero
    }
    return expression.append(step)
  }

  /// The integers around the arguments at which a gate opens or closes; nil when they cannot be told.
  ///
  /// Beyond them functions are linear, but a program's cursor does not go there.
  func range(in graph: RegisterGraph) -> Range<Int>? {
    var lowest = Double.infinity
    var highest = -Double.infinity
    for neuron in neurons {
      guard case .unit(let gate, _) = graph.definitions[neuron.index], let edge = edge(of: gate, in: graph) else {
        continue
      }
      lowest = min(lowest, edge)
      highest = max(highest, edge)
    }
    guard lowest <= highest, lowest >= -0x1p40, highest <= 0x1p40 else { return nil }
    return Int(lowest.rounded(.down)) - 1..<Int(highest.rounded(.up)) + 2
  }

  /// The argument for which a gate w · argument + c · one is 0 where `one` is 1.
  private func edge(of gate: Register, in graph: RegisterGraph) -> Double? {
    if gate == argument { return 0 }
    guard case .sum(let base, let products) = graph.definitions[gate.index] else { return nil }
    var slope = base == argument ? 1.0 : 0
    var height = places[base] == FunctionExpression.one ? 1.0 : 0
    for product in products {
      switch places[product.register] {
      case FunctionExpression.argument: slope += product.weight
      case FunctionExpression.one: height += product.weight
      default: return nil
      }
    }
    let edge = -height / slope
    return edge.isFinite ? edge : nil
  }
}
