import WebAssembly

/// What becomes of the tables that a component's instances call through.
struct TablePlan {
  /// The most elements of a program's table.
  static let greatestCount = 1 << 15 - 1

  /// The elements of the program's table, nil where they are not initialized.
  let elements: [FunctionIndex?]
  /// By the table.
  private(set) var access: [Definition: TableAccess] = [:]
  private var resolved: [Definition: ResolvedTable] = [:]
  /// The index in the program's table of each function that is an element of a resolved one.
  private var places: [FunctionIndex: UInt32] = [:]
  /// For each table the first instance whose elements are written at run time.
  private let firstLate: [Definition: Int]

  /// - Throws: ``LinkingError`` when a table has more elements than a program can have.
  init(
    of component: Component, in store: ModuleStore, _ numbering: Numbering, _ merged: inout MergedDefinitions
  ) throws(LinkingError) {
    let tables = component.members.flatMap { number in
      store.instances[number].module.tables.indices.map { Definition(instance: number, index: $0) }
    }
    let callers = tables.reduce(into: [:]) { $0[$1] = store.callers(ofTable: $1, among: component.members).first }
    let used = tables.filter { callers[$0] != nil }
    let firstLate = used.reduce(into: [:]) {
      $0[$1] = store.firstLate(of: component.members.filter(store.has(table: $1)), firstUser: callers[$1])
    }
    self.firstLate = firstLate
    for table in used { try Self.checkSize(of: table, in: store) }
    let writes = TableWrites(of: component, in: store, numbering)
    if used.count <= 1, used.allSatisfy({ writes.isComplete($0, before: firstLate[$0]) }) {
      elements = used.first.map { writes.elements(of: $0, in: store) } ?? []
      for table in used { access[table] = .native }
      return
    }
    let functions = Set(used.flatMap { writes.all[$0, default: []].compactMap(\.function) }).sorted()
    elements = [nil] + functions
    places = functions.enumerated().reduce(into: [:]) { $0[$1.element] = UInt32($1.offset + 1) }
    for table in used {
      let all = writes.all[table, default: []]
      var first: [Int: UInt32] = [:]
      for write in all where write.isDone(before: firstLate[table]) { first[write.index] = place(of: write.function) }
      let result = ResolvedTable(
        size: store.limits(ofTable: table).minimum, first: first, written: Set(all.map(\.index)), &merged)
      resolved[table] = result
      access[table] = .resolved(result.resolve)
    }
  }

  /// Checks that there can be so many elements, before there are.
  private static func checkSize(of table: Definition, in store: ModuleStore) throws(LinkingError) {
    let count = store.limits(ofTable: table).minimum
    guard count <= greatestCount else {
      throw LinkingError(
        .tableTooLarge, offset: store.instance(of: table).module.tables[table.index].offset,
        expected: "at most \(greatestCount) elements in a table that is called through, not \(count)")
    }
  }

  private func place(of function: FunctionIndex?) -> UInt32 { function.flatMap { places[$0] } ?? 0 }

  /// The instructions by which an instance writes its element segments when it is instantiated, where they do not stand from the
  /// beginning.
  func writes(of instance: StoreInstance, _ numbering: Numbering) -> [Operation] {
    guard let table = instance.tables.first, let resolved = resolved[table] else { return [] }
    return TableWrites.writes(of: instance, numbering)
      .filter { !$0.isDone(before: firstLate[table]) }
      .flatMap { write -> [Operation] in
        guard let variable = resolved.variables[write.index] else { return [] }
        return [.i32Const(Int32(bitPattern: place(of: write.function))), .globalSet(variable)]
      }
  }
}

/// An element that an instance writes when it is instantiated.
struct TableWrite {
  let instance: Int
  let index: Int
  let function: FunctionIndex?

  /// Whether it stands in the table from the beginning, once the first instance is known that writes at run time.
  func isDone(before firstLate: Int?) -> Bool {
    firstLate.map { instance < $0 } ?? true
  }
}

/// What is ever written to the tables of a component, in the order in which it is.
struct TableWrites {
  private(set) var all: [Definition: [TableWrite]] = [:]

  init(of component: Component, in store: ModuleStore, _ numbering: Numbering) {
    for number in component.members {
      let instance = store.instances[number]
      guard let table = instance.tables.first else { continue }
      all[table, default: []] += Self.writes(of: instance, numbering)
    }
  }

  static func writes(of instance: StoreInstance, _ numbering: Numbering) -> [TableWrite] {
    instance.elements.flatMap { segment in
      segment.contents.enumerated().map { place, function in
        TableWrite(
          instance: instance.number, index: Int(segment.start) + place,
          function: function.map { numbering.function(instance.functions[Int($0)]) })
      }
    }
  }

  func isComplete(_ table: Definition, before firstLate: Int?) -> Bool {
    all[table, default: []].allSatisfy { $0.isDone(before: firstLate) }
  }

  func elements(of table: Definition, in store: ModuleStore) -> [FunctionIndex?] {
    var elements = [FunctionIndex?](repeating: nil, count: Int(store.limits(ofTable: table).minimum))
    for write in all[table, default: []] { elements[write.index] = write.function }
    return elements
  }
}
