package import WebAssembly

/// The local variables that are read once a structured instruction is left, before they are written again.
///
/// Found from the end of the function backwards; what a loop's beginning reads is found by doing so until nothing changes. Code
/// that no path leads to counts for nothing.
package struct LiveLocals {
  /// A structured instruction whose end has been met.
  private struct Construct {
    let begin: Int?
    /// The number of the instruction that ends it.
    let end: Int
    /// What is read where a branch to it goes.
    let target: LocalSet
    /// What is read behind it.
    let after: LocalSet
    /// What is read at the beginning of `else`.
    var alternative: LocalSet?
    /// What is read wherever it can be left to.
    var leaving: LocalSet
    /// The number of the branch to it that was met last.
    var lastBranch = Int.max
  }

  /// By the number of the instruction that begins the construct.
  private var leaving: [Int: LocalSet] = [:]
  private var loops: [Int: LocalSet] = [:]
  private var open: [Construct] = []
  private var live: LocalSet
  private let none: LocalSet
  /// How often what a branch reads was added to what is read where a construct is left.
  package private(set) var additionCount = 0

  /// - Parameter count: of all local variables, parameters included.
  package init(in body: [WebAssembly.Instruction], count: Int) {
    none = LocalSet(count: count)
    live = none
    let nesting = ConstructNesting(of: body)
    for (index, instruction) in body.enumerated() {
      if case .loop = instruction.operation { loops[index] = none }
    }
    var known: [Int: LocalSet]
    repeat {
      known = loops
      open = []
      live = none
      for index in body.indices.reversed() where !nesting.isUnreachable[index] {
        visit(body[index].operation, index, nesting)
      }
    } while loops != known
  }

  /// Whether a value of the variable that is written within a construct may be read outside of it.
  ///
  /// - Parameter begin: the number of the instruction that begins the construct, nil for the function.
  package func mayLeave(_ local: LocalIndex, constructAt begin: Int?) -> Bool {
    guard let begin else { return false }
    return leaving[begin]?.contains(local) ?? true
  }

  private mutating func visit(_ operation: WebAssembly.Operation, _ index: Int, _ nesting: ConstructNesting) {
    switch operation {
    case .localGet(let local): live.insert(local)
    case .localSet(let local), .localTee(let local): live.remove(local)
    case .br(let label): live = branch(to: [label], at: index)
    case .brIf(let label): live.formUnion(branch(to: [label], at: index))
    case .brTable(let table): live = branch(to: Set(table.labels + [table.defaultLabel]), at: index)
    case .return, .unreachable: live = none
    case .end: open(nesting.begins[index], end: index)
    case .else:
      guard !open.isEmpty else { return }
      open[open.count - 1].alternative = live
      live = open[open.count - 1].after
    case .block, .loop, .if: close(operation, index)
    default: break
    }
  }

  private mutating func open(_ begin: Int?, end: Int) {
    // A branch to a loop goes to its beginning, of which nothing is known at first.
    let target = begin.flatMap { loops[$0] } ?? live
    open.append(Construct(begin: begin, end: end, target: target, after: live, leaving: live))
  }

  private mutating func close(_ operation: WebAssembly.Operation, _ index: Int) {
    guard let construct = open.popLast() else { return }
    if case .if = operation { live.formUnion(construct.alternative ?? construct.after) }
    if case .loop = operation { loops[index]?.formUnion(live) }
    leaving[index] = construct.leaving
  }

  /// What is read at the targets; every construct that is left that way notes it.
  private mutating func branch(to labels: Set<LabelIndex>, at index: Int) -> LocalSet {
    var all = none
    for label in labels where label < open.count {
      let place = open.count - 1 - Int(label)
      let target = open[place].target
      all.formUnion(target)
      // A construct that a later branch to there leaves has noted it, and so have those around it.
      let known = open[place].lastBranch
      for left in (place..<open.count).reversed() {
        guard open[left].end < known else { break }
        open[left].leaving.formUnion(target)
        additionCount += 1
      }
      open[place].lastBranch = index
    }
    return all
  }
}
