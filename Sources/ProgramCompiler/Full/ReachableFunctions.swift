package import WebAssembly

/// The functions that may be called, directly or through the table, once some are. Imported ones count where they are called by
/// their number; direct calls of them need no function.
package struct ReachableFunctions {
  package private(set) var functions: Set<FunctionIndex> = []
  /// How often a function was named: by the roots, by direct calls, and by the table, which counts once.
  package private(set) var mentionCount = 0

  /// - Parameter elements: the table's, nil where it is not initialized.
  package init(in module: Module, from roots: [FunctionIndex], table elements: [FunctionIndex?]) {
    let imported = module.importedFunctionTypes.count
    var open = roots
    var callsThroughTable = false
    while let index = open.popLast() {
      mentionCount += 1
      guard functions.insert(index).inserted, Int(index) >= imported else { continue }
      let place = Int(index) - imported
      guard module.functions.indices.contains(place) else { continue }
      for instruction in module.functions[place].body {
        switch instruction.operation {
        case .call(let callee) where Int(callee) >= imported: open.append(callee)
        case .callIndirect where !callsThroughTable:
          callsThroughTable = true
          open += elements.compactMap(\.self)
        default: break
        }
      }
    }
  }
}
