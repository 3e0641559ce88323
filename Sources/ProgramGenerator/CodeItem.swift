import InstructionSet

/// A piece of a function whose place in the table is not yet known.
enum CodeItem: Hashable, Sendable {
  case instruction(Instruction)
  /// `br` or `br_if` to a label of the same function.
  case jump(Opcode, label: Int)
  /// The place that jumps lead to; takes no room.
  case label(Int)
  /// A call of the function with this number.
  case call(function: Int)
  case returnFromFunction

  var size: Int {
    if case .label = self { 0 } else { 1 }
  }
}

/// Lays functions out one behind the other and resolves jumps, calls and returns.
struct CodeLayout {
  private let functions: [[CodeItem]]
  /// Where each function begins, by its number.
  private let starts: [Int: Int]

  /// - Parameters:
  ///   - functions: the functions by their number.
  ///   - order: the numbers in the order of the table.
  init(functions: [[CodeItem]], order: [Int]) {
    self.functions = functions
    var starts: [Int: Int] = [:]
    var next = 0
    for number in order {
      starts[number] = next
      next += functions[number].reduce(0) { $0 + $1.size }
    }
    self.starts = starts
  }

  /// The instructions of one function.
  func instructions(of function: Int) -> [Instruction] {
    let items = functions[function]
    var labels: [Int: Int] = [:]
    var size = 0
    for item in items {
      if case .label(let label) = item { labels[label] = size }
      size += item.size
    }
    var resolved: [Instruction] = []
    for item in items {
      let next = resolved.count + 1
      switch item {
      case .label: break
      case .instruction(let instruction): resolved.append(instruction)
      case .jump(let opcode, let label): resolved.append(.jump(opcode, (labels[label] ?? next) - next))
      case .call(let callee):
        let start = starts[function] ?? 0
        resolved.append(.jump(.call, (starts[callee] ?? 0) - start - next))
      case .returnFromFunction: resolved.append(.jump(.return, -next))
      }
    }
    return resolved
  }
}

extension Instruction {
  fileprivate static func jump(_ opcode: Opcode, _ distance: Int) -> Instruction {
    Instruction(opcode, UInt32(truncatingIfNeeded: distance))
  }
}
