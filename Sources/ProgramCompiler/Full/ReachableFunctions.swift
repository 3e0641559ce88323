import WebAssembly

/// The functions that may be called, directly or through the table, once some are. Imported ones count where they are called by
/// their number; direct calls of them need no function.
struct ReachableFunctions {
  private(set) var functions: Set<FunctionIndex> = []

  init(in module: Module, from roots: [FunctionIndex], _ layout: FullModuleLayout) {
    let imported = module.importedFunctionTypes.count
    var open = roots
    while let index = open.popLast() {
      guard functions.insert(index).inserted, Int(index) >= imported else { continue }
      let place = Int(index) - imported
      guard module.functions.indices.contains(place) else { continue }
      for instruction in module.functions[place].body {
        switch instruction.operation {
        case .call(let callee) where Int(callee) >= imported: open.append(callee)
        case .callIndirect: open += layout.elements.compactMap { $0 }.filter { !functions.contains($0) }
        default: break
        }
      }
    }
  }
}
