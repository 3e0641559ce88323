import ProgramGenerator
import WebAssembly

extension FunctionWriter {
  /// Values of types at the end of a construct, or code behind which the end is not reached.
  mutating func finish(with types: [ValueType], depth: Int) {
    guard random.isOnce(in: 12), hasRoom else { return values(types, depth: depth) }
    leave(depth: depth)
    // What cannot be reached must be valid all the same. The stack then holds what the end asks for, or nothing.
    if random.isOnce(in: 2) { statements(depth: depth - 1) }
    if random.isOnce(in: 2) { values(types, depth: 0) }
  }

  /// A branch, a return or a trap.
  mutating func leave(depth: Int) {
    switch random.number(in: 0...9) {
    case 0..<4: branch(depth: depth)
    case 4..<7: branchByTable(depth: depth)
    case 7..<9:
      values(type.results, depth: depth)
      emit(.return)
    default: emit(.unreachable)
    }
  }

  private mutating func branch(depth: Int) {
    let label = random.number(in: 0...labels.count - 1)
    values(labels[labels.count - 1 - label], depth: depth)
    emit(.br(LabelIndex(label)))
  }

  private mutating func branchByTable(depth: Int) {
    let last = random.number(in: 0...labels.count - 1)
    let types = labels[labels.count - 1 - last]
    let fitting = labels.indices.filter { labels[labels.count - 1 - $0] == types }
    let targets = (0..<random.number(in: 0...4)).map { _ in LabelIndex(random.pick(fitting) ?? last) }
    values(types, depth: depth)
    value(.i32, depth: depth)
    if random.isTrue(percent: 70) { emit(.i32Const(Int32(random.pick([1, 3, 7]) ?? 1)), .numeric(.i32And)) }
    emit(.brTable(BranchTable(labels: targets, defaultLabel: LabelIndex(last))))
  }

  /// A call of which the first result is of a type, if there is such a function; the others are used up.
  mutating func call(for type: ValueType, depth: Int) {
    let fitting = module.functions.indices.filter { module.functions[$0].results.first == type }
    guard let function = random.pick(fitting) else { return value(type, depth: depth) }
    call(function, depth: depth)
    consume(module.functions[function].results.dropFirst())
  }

  mutating func callStatement(depth: Int) {
    let function = random.number(in: 0...module.functions.count - 1)
    call(function, depth: depth)
    consume(module.functions[function].results)
  }

  private mutating func call(_ function: Int, depth: Int) {
    values(module.functions[function].parameters, depth: depth - 1)
    if random.isOnce(in: 3) {
      tableIndex(of: function, depth: depth - 1)
      emit(.callIndirect(module.index(of: module.functions[function])))
    } else {
      emit(.call(FunctionIndex(function)))
    }
  }

  /// Where the table holds the function; anywhere, also beyond its end, where it does not, or in one of eight cases.
  private mutating func tableIndex(of function: Int, depth: Int) {
    let places = module.table.indices.filter { module.table[$0] == FunctionIndex(function) }
    if let place = random.pick(places), !random.isOnce(in: 8) {
      emit(.i32Const(Int32(place)))
    } else if random.isOnce(in: 3) {
      value(.i32, depth: depth)
    } else {
      emit(.i32Const(Int32(random.number(in: 0...module.table.count))))
    }
  }
}
