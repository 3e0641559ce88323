import WebAssembly

/// How the instructions of an instance call through its table.
enum TableAccess {
  /// The table is the program's.
  case native
  /// A function turns the index of an element into one of the program's table.
  case resolved(FunctionIndex)
}

/// A table whose elements change while it is in use, or one of several.
///
/// The program's table then holds each function once, behind an element that is never initialized. The elements of this one are
/// global variables that hold indices of the program's table.
struct ResolvedTable {
  /// The global variable of each element that is ever written.
  let variables: [Int: GlobalIndex]
  let resolve: FunctionIndex

  /// - Parameters:
  ///   - first: the elements at first, by their index, as indices of the program's table.
  ///   - written: the indices of all elements that are ever written.
  init(size: UInt32, first: [Int: UInt32], written: Set<Int>, _ merged: inout MergedDefinitions) {
    var variables: [Int: GlobalIndex] = [:]
    for index in written.sorted() { variables[index] = merged.addGlobal(first[index] ?? 0) }
    self.variables = variables
    resolve = merged.addFunction(
      FunctionType(parameters: [.i32], results: [.i32]), Self.resolution(size: size, variables))
  }

  /// A switch over the elements that are ever written. The others are elements that are never initialized, or undefined ones,
  /// for which the greatest number stands.
  private static func resolution(size: UInt32, _ variables: [Int: GlobalIndex]) -> [Operation] {
    let written = variables.sorted { $0.key < $1.key }
    var labels: [LabelIndex] = Array(
      repeating: LabelIndex(written.count), count: (written.last?.key ?? -1) + 1)
    for (label, element) in written.enumerated() { labels[element.key] = LabelIndex(label) }
    let table = BranchTable(labels: labels, defaultLabel: LabelIndex(written.count))
    var body: [Operation] = Array(repeating: .block(.empty), count: written.count + 1)
    body += [.localGet(0), .brTable(table)]
    for element in written { body += [.end, .globalGet(element.value), .return] }
    return body + [
      .end, .i32Const(-1), .i32Const(0), .localGet(0), .i32Const(Int32(bitPattern: size)), .numeric(.i32GeU), .select,
      .end,
    ]
  }
}
