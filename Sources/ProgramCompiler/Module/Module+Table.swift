import WebAssembly

extension Module {
  /// The functions of table 0 after instantiation: where each stands and where the gaps begin, from index 0 up.
  ///
  /// - Parameter offset: of the instruction that uses the table, for the error.
  func tableRanges(offset: Int) throws(ProgramCompilerError) -> [(start: UInt32, element: FunctionIndex?)] {
    let entries = try tableEntries(offset: offset).sorted { $0.key < $1.key }
    var ranges: [(start: UInt32, element: FunctionIndex?)] = []
    var next: UInt32 = 0
    for entry in entries {
      if entry.key > next { ranges.append((next, nil)) }
      ranges.append((entry.key, entry.value))
      next = entry.key &+ 1
    }
    ranges.append((next, nil))
    return ranges
  }

  private func tableEntries(offset: Int) throws(ProgramCompilerError) -> [UInt32: FunctionIndex] {
    guard let table = tables.first else {
      throw ProgramCompilerError(.invalid(expected: "a table"), offset: offset)
    }
    var entries: [UInt32: FunctionIndex] = [:]
    for segment in elements {
      guard case .active(let target, let expression) = segment.mode else { continue }
      let start = try value(of: expression, offset: segment.offset)
      guard target == 0, UInt64(start) + UInt64(segment.references.count) <= UInt64(table.limits.minimum) else {
        throw ProgramCompilerError(.invalid(expected: "an element segment within table 0"), offset: segment.offset)
      }
      for (index, reference) in segment.references.enumerated() { entries[start + UInt32(index)] = reference }
    }
    return entries
  }
}
