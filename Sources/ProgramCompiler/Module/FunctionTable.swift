import WebAssembly

/// Table 0 of a module, for calls through it: its contents never change.
struct FunctionTable {
  /// For each type the runs of indices below which a call finds one function, or none of the type, from index 0 up.
  private let rangesByType: [FunctionType: [(start: UInt32, element: FunctionIndex?)]]

  init(of module: Module) throws(ProgramCompilerError) {
    var ranges: [FunctionType: [(start: UInt32, element: FunctionIndex?)]] = [:]
    for (index, entry) in try Self.entries(of: module).sorted(by: { $0.key < $1.key }) {
      let type = try module.type(of: entry.function, offset: entry.offset)
      ranges[type, default: []].add(entry.function, at: index)
    }
    rangesByType = ranges
  }

  /// Where each run of equal elements begins, for calls of a type; the last run goes on for ever.
  func ranges(of type: FunctionType) -> [(start: UInt32, element: FunctionIndex?)] {
    rangesByType[type] ?? [(0, nil)]
  }

  private static func entries(
    of module: Module
  ) throws(ProgramCompilerError) -> [UInt32: (function: FunctionIndex, offset: Int)] {
    var entries: [UInt32: (function: FunctionIndex, offset: Int)] = [:]
    for segment in module.elements {
      guard case .active(let target, let expression) = segment.mode else { continue }
      let start = try module.value(of: expression, offset: segment.offset)
      let size = UInt64(module.tables.first?.limits.minimum ?? 0)
      guard target == 0, UInt64(start) + UInt64(segment.references.count) <= size else {
        throw ProgramCompilerError(.invalid(expected: "an element segment within table 0"), offset: segment.offset)
      }
      for (index, reference) in segment.references.enumerated() {
        entries[start + UInt32(index)] = reference.map { ($0, segment.offset) }
      }
    }
    return entries
  }
}

extension [(start: UInt32, element: FunctionIndex?)] {
  /// Adds a function at an index that is not below the last run's beginning, where nothing follows until the next is added.
  fileprivate mutating func add(_ function: FunctionIndex, at index: UInt32) {
    if isEmpty, index > 0 { append((0, nil)) }
    // What was added last ends in a run of nothing, which begins here when the function stands right behind it.
    if let last, last.element == nil, last.start == index { removeLast() }
    if last?.element != function { append((index, function)) }
    append((index &+ 1, nil))
  }
}
