import WebAssembly

/// Which structured instruction each `end` of a function ends, and which instructions no path leads to.
struct ConstructNesting {
  /// For each `end` that can be met the beginning of what it ends; none for the function's.
  private(set) var begins: [Int: Int] = [:]
  /// For each instruction whether nothing but jumps that never come back here stands before it. An `end` or `else` belongs to
  /// what it ends: branches may lead to it.
  private(set) var isUnreachable: [Bool]

  private var open: [Int] = []
  /// Structured instructions that were opened where no path leads, nil where one does.
  private var unreachableDepth: Int?

  init(of body: [WebAssembly.Instruction]) {
    isUnreachable = Array(repeating: false, count: body.count)
    for (index, instruction) in body.enumerated() {
      if let depth = unreachableDepth {
        unreachableDepth = Self.depth(behind: instruction.operation, in: depth)
        isUnreachable[index] = unreachableDepth != nil
      }
      if unreachableDepth == nil { visit(instruction.operation, index) }
    }
  }

  /// How many structured instructions are open behind one that no path leads to; nil where one leads again.
  private static func depth(behind operation: WebAssembly.Operation, in depth: Int) -> Int? {
    switch operation {
    case .block, .loop, .if: depth + 1
    case .else: depth == 0 ? nil : depth
    case .end: depth == 0 ? nil : depth - 1
    default: depth
    }
  }

  private mutating func visit(_ operation: WebAssembly.Operation, _ index: Int) {
    switch operation {
    case .block, .loop, .if: open.append(index)
    case .end: begins[index] = open.popLast()
    case .br, .brTable, .return, .unreachable: unreachableDepth = 0
    default: break
    }
  }
}
