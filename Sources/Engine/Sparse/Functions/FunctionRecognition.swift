/// Finds registers that many neurons compute from one register, and puts functions of that register in their place.
struct FunctionRecognition {
  /// As many neurons of one register make a table worth its memory.
  private static let leastNeurons = 16
  /// A table has at most this many rows and numbers, and takes at most that much work to fill.
  private static let greatestRowCount = 1 << 16
  private static let greatestTable = 1 << 21
  private static let greatestWork = 1 << 30

  private var graph: RegisterGraph
  private let isNeeded: [Bool]
  private let isBinary: (Register) -> Bool

  /// The graph with functions: the same registers, and further ones behind them.
  ///
  /// - Parameters:
  ///   - isNeeded: Which definitions are read on a way to a root.
  ///   - roots: What the output head reads.
  ///   - isBinary: Whether a register is 0 or 1 at every token.
  static func rewrite(
    _ graph: RegisterGraph, isNeeded: [Bool], roots: [Register], isBinary: @escaping (Register) -> Bool
  ) -> RegisterGraph {
    var recognition = FunctionRecognition(graph: graph, isNeeded: isNeeded, isBinary: isBinary)
    for (argument, one) in recognition.arguments() { recognition.introduce(argument, one, roots) }
    return recognition.graph
  }

  /// The registers that enough gates compare with constants, with the register that stands for 1 there.
  private func arguments() -> [(Register, Register)] {
    var counts: [RegisterPair: Int] = [:]
    for (index, definition) in graph.definitions.enumerated() where isNeeded[index] {
      guard case .unit(let gate, _) = definition, let pair = comparison(gate) else { continue }
      counts[pair, default: 0] += 1
    }
    return counts.filter { $0.value >= Self.leastNeurons }.keys
      .sorted { ($0.x, $0.y) < ($1.x, $1.y) }.map { ($0.x, $0.y) }
  }

  /// Argument and `one` of a gate that is w · argument + c · one.
  private func comparison(_ gate: Register) -> RegisterPair? {
    guard case .sum(let base, let products) = graph.definitions[gate.index] else { return nil }
    let read = (base == .zero ? [] : [base]) + products.map(\.register)
    guard read.count == 2, let one = read.first(where: isBinary), let argument = read.first(where: { !isBinary($0) })
    else { return nil }
    return RegisterPair(x: argument, y: one)
  }
}

// One argument's function.
extension FunctionRecognition {
  private mutating func introduce(_ argument: Register, _ one: Register, _ roots: [Register]) {
    var members = FunctionMembers(argument: argument, one: one)
    for (index, definition) in graph.definitions.enumerated()
    where index > max(argument.index, one.index) && index < isNeeded.count && isNeeded[index] {
      members.take(definition, of: Register(index: index))
    }
    guard members.neuronCount >= Self.leastNeurons, let range = members.range(in: graph),
      range.count <= Self.greatestRowCount
    else { return }
    var graph = graph
    let results = Set(split(&graph, members)).union(wanted(graph, members, roots)).sorted()
    var expression = members.expression
    expression.results = results.map { members.place(of: $0) ?? members.placeOfPrefix(graph, $0, &expression) }
    guard !results.isEmpty, range.count * results.count <= Self.greatestTable,
      range.count * expression.cost <= Self.greatestWork
    else { return }
    graph.define(
      GraphFunction(
        argument: argument, one: one, results: results, lowest: range.lowerBound,
        table: range.flatMap { expression.evaluate(Double($0), one: 1) }, expression: expression))
    self.graph = graph
  }

  /// Gives the beginnings of sums that only members make up registers of their own; those registers.
  ///
  /// Products are added in order, so that the rest can be added to the register.
  private func split(_ graph: inout RegisterGraph, _ members: FunctionMembers) -> [Register] {
    var made: [Register] = []
    for (index, definition) in graph.definitions.enumerated() where index < isNeeded.count && isNeeded[index] {
      guard case .sum(let base, let products) = definition, members.place(of: Register(index: index)) == nil else {
        continue
      }
      let count = products.prefix { members.isKnown($0.register) }.count
      let neurons = products[..<count].count { members.isNeuron($0.register) }
      guard neurons >= 2 else { continue }
      let prefix = graph.register(.sum(base: .zero, products: Array(products[..<count])))
      graph.define(
        Register(index: index),
        as: .sum(base: base, products: [Product(weight: 1, register: prefix)] + products[count...]))
      made.append(prefix)
    }
    return made
  }

  /// Members that something outside reads.
  private func wanted(_ graph: RegisterGraph, _ members: FunctionMembers, _ roots: [Register]) -> [Register] {
    var wanted = Set(roots)
    for (index, definition) in graph.definitions.enumerated()
    where index < isNeeded.count && isNeeded[index] && members.place(of: Register(index: index)) == nil {
      wanted.formUnion(graph.reads(of: definition))
    }
    return wanted.filter { members.isComputed($0) }.sorted()
  }
}
