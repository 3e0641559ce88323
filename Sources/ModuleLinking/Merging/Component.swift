import WebAssembly

/// The instances that must be in one program because one can read or change what another one does.
///
/// What is always the same is not shared but copied: immutable globals, and the functions of instances without any state.
struct Component {
  /// The numbers of the instances, ascending.
  let members: [Int]
  /// Instances without state whose functions the members use, ascending.
  let copied: [Int]

  init(containing first: Int, in store: ModuleStore) {
    var neighbours: [Int: Set<Int>] = [:]
    for instance in store.instances {
      for other in Self.sharedWith(instance, store) {
        neighbours[instance.number, default: []].insert(other)
        neighbours[other, default: []].insert(instance.number)
      }
    }
    var members: Set<Int> = [first]
    var open = [first]
    while let number = open.popLast() {
      for other in neighbours[number] ?? [] where members.insert(other).inserted { open.append(other) }
    }
    self.members = members.sorted()
    let functions = self.members.flatMap { store.instances[$0].functions }
    copied = Set(functions.map(\.instance)).subtracting(members).sorted()
  }

  /// The other instances whose state an instance imports.
  private static func sharedWith(_ instance: StoreInstance, _ store: ModuleStore) -> Set<Int> {
    let functions = instance.functions.filter { !store.instance(of: $0).isStateless }
    let globals = instance.globals.filter { store.isMutable($0) }
    let definitions = functions + instance.tables + instance.memories + globals
    return Set(definitions.map(\.instance)).subtracting([instance.number])
  }
}

extension ModuleStore {
  /// Whether a global is mutable.
  fileprivate func isMutable(_ definition: Definition) -> Bool {
    instance(of: definition).module.globals[definition.index].type.isMutable
  }

  /// The first of the instances that have a table or memory whose segments are written at run time, nil if none are.
  ///
  /// Segments may stand there from the beginning as long as no instructions of an earlier instance could see them, and every
  /// instance so far is sure to be possible.
  func firstLate(of instances: [Int], firstUser: Int?) -> Int? {
    let firstConditional = instances.first { !self.instances[$0].requirements.isEmpty }
    let behindUser = instances.first { number in firstUser.map { number > $0 } ?? false }
    return [firstConditional, behindUser].compactMap(\.self).min()
  }

  func has(table: Definition) -> (Int) -> Bool {
    { instances[$0].tables.first == table }
  }

  func has(memory: Definition) -> (Int) -> Bool {
    { instances[$0].memories.first == memory }
  }

  /// The members that have a memory and instructions that use it, ascending.
  func users(ofMemory memory: Definition, among members: [Int]) -> [Int] {
    members.filter { number in
      instances[number].memories.first == memory && instances[number].uses(\.isMemoryAccess)
    }
  }

  /// The members that call through a table, ascending.
  func callers(ofTable table: Definition, among members: [Int]) -> [Int] {
    members.filter { number in
      instances[number].tables.first == table && instances[number].uses(\.isIndirectCall)
    }
  }
}

extension StoreInstance {
  fileprivate func uses(_ isWanted: (Operation) -> Bool) -> Bool {
    module.functions.contains { $0.body.contains { isWanted($0.operation) } }
  }
}

extension Operation {
  /// Whether the instruction reads or changes memory or its size.
  var isMemoryAccess: Bool {
    switch self {
    case .load, .store, .memorySize, .memoryGrow, .memoryInit, .memoryCopy, .memoryFill: true
    default: false
    }
  }

  var isIndirectCall: Bool {
    if case .callIndirect = self { true } else { false }
  }
}
