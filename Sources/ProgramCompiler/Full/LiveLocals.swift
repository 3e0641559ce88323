import WebAssembly

/// The local variables that are read once a structured instruction is left, before they are written again.
///
/// Found from the end of the function backwards; what a loop's beginning reads is found by doing so until nothing changes.
struct LiveLocals {
  /// A structured instruction whose end has been met.
  private struct Construct {
    let begin: Int?
    /// What is read where a branch to it goes.
    let target: LocalSet
    /// What is read behind it.
    let after: LocalSet
    /// What is read at the beginning of `else`.
    var alternative: LocalSet?
    /// What is read wherever it can be left to.
    var leaving: LocalSet
  }

  /// By the number of the instruction that begins the construct.
  private var leaving: [Int: LocalSet] = [:]
  private var loops: [Int: LocalSet] = [:]
  private var open: [Construct] = []
  private var live: LocalSet
  private let none: LocalSet

  /// - Parameter count: of all local variables, parameters included.
  init(in body: [WebAssembly.Instruction], count: Int) {
    none = LocalSet(count: count)
    live = none
    let begins = Self.begins(of: body)
    for (index, instruction) in body.enumerated() {
      if case .loop = instruction.operation { loops[index] = none }
    }
    var known: [Int: LocalSet]
    repeat {
      known = loops
      open = []
      live = none
      for index in body.indices.reversed() { visit(body[index].operation, index, begins) }
    } while loops != known
  }

  /// Whether a value of the variable that is written within a construct may be read outside of it.
  ///
  /// - Parameter begin: the number of the instruction that begins the construct, nil for the function.
  func mayLeave(_ local: LocalIndex, constructAt begin: Int?) -> Bool {
    guard let begin else { return false }
    return leaving[begin]?.contains(local) ?? true
  }

  /// For each `end` the beginning of what it ends; none for the function's.
  private static func begins(of body: [WebAssembly.Instruction]) -> [Int: Int] {
    var open: [Int] = []
    var begins: [Int: Int] = [:]
    for (index, instruction) in body.enumerated() {
      switch instruction.operation {
      case .block, .loop, .if: open.append(index)
      case .end: begins[index] = open.popLast()
      default: break
      }
    }
    return begins
  }

  private mutating func visit(_ operation: WebAssembly.Operation, _ index: Int, _ begins: [Int: Int]) {
    switch operation {
    case .localGet(let local): live.insert(local)
    case .localSet(let local), .localTee(let local): live.remove(local)
    case .br(let label): live = branch(to: [label])
    case .brIf(let label): live.formUnion(branch(to: [label]))
    case .brTable(let table): live = branch(to: Set(table.labels + [table.defaultLabel]))
    case .return, .unreachable: live = none
    case .end: open(begins[index])
    case .else:
      guard !open.isEmpty else { return }
      open[open.count - 1].alternative = live
      live = open[open.count - 1].after
    case .block, .loop, .if: close(operation, index)
    default: break
    }
  }

  private mutating func open(_ begin: Int?) {
    // A branch to a loop goes to its beginning, of which nothing is known at first.
    let target = begin.flatMap { loops[$0] } ?? live
    open.append(Construct(begin: begin, target: target, after: live, leaving: live))
  }

  private mutating func close(_ operation: WebAssembly.Operation, _ index: Int) {
    guard let construct = open.popLast() else { return }
    if case .if = operation { live.formUnion(construct.alternative ?? construct.after) }
    if case .loop = operation { loops[index]?.formUnion(live) }
    leaving[index] = construct.leaving
  }

  /// What is read at the targets; every construct that is left that way notes it.
  private mutating func branch(to labels: Set<LabelIndex>) -> LocalSet {
    var all = none
    for label in labels where label < open.count {
      let place = open.count - 1 - Int(label)
      let target = open[place].target
      all.formUnion(target)
      for index in place..<open.count { open[index].leaving.formUnion(target) }
    }
    return all
  }
}
