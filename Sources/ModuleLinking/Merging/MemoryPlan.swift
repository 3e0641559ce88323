import WebAssembly

/// What becomes of the memories that a component's instances use.
struct MemoryPlan {
  /// The program's memory; nil when no instruction uses any.
  let limits: Limits?
  /// By the memory.
  private(set) var access: [Definition: MemoryAccess] = [:]
  private var regions: [Definition: MemoryRegion] = [:]
  /// For each memory the first instance whose data are written at run time.
  private let firstLate: [Definition: Int]

  /// - Throws: ``LinkingError`` when the memories do not fit beside each other.
  init(
    of component: Component, in store: ModuleStore, _ merged: inout MergedDefinitions
  ) throws(LinkingError) {
    let memories = component.members.flatMap { number in
      store.instances[number].module.memories.indices.map { Definition(instance: number, index: $0) }
    }
    let users = memories.reduce(into: [:]) { $0[$1] = store.users(ofMemory: $1, among: component.members).first }
    let used = memories.filter { users[$0] != nil }
    firstLate = used.reduce(into: [:]) {
      $0[$1] = store.firstLate(of: component.members.filter(store.has(memory: $1)), firstUser: users[$1])
    }
    if let memory = used.first, used.count == 1 {
      limits = store.limits(ofMemory: memory)
      access[memory] = .whole
      return
    }
    guard let regions = MemoryRegion.regions(of: used.map { ($0, store.limits(ofMemory: $0)) }) else {
      throw LinkingError(
        .memoryTooLarge, offset: store.instances[component.members[0]].module.memories.first?.offset ?? 0,
        expected: "memories of at most \(MemoryRegion.greatestPageCount) pages in modules that are linked")
    }
    for region in regions {
      access[region.memory] = MemoryAccess(region, isLast: region.memory == regions.last?.memory, &merged)
    }
    limits = regions.last.map { Limits(minimum: $0.base + $0.minimum, maximum: $0.base + $0.maximum) }
    self.regions = regions.reduce(into: [:]) { $0[$1.memory] = $1 }
  }

  /// The data segments that stand in memory from the beginning.
  func initialData(of component: Component, in store: ModuleStore) -> [DataSegment] {
    component.members.flatMap { number -> [DataSegment] in
      let instance = store.instances[number]
      guard let memory = instance.memories.first, access[memory] != nil, isInitial(instance, memory) else { return [] }
      return instance.data.map { segment in
        // Within the least size of its memory, and so below the end of all memory.
        let start = segment.start &+ (regions[memory]?.base ?? 0) << 16
        let offset: [Operation] = [.i32Const(Int32(bitPattern: start)), .end]
        return DataSegment(
          mode: .active(memory: 0, offset: offset.map { Instruction($0, offset: segment.offset) }),
          bytes: segment.contents, offset: segment.offset)
      }
    }
  }

  private func isInitial(_ instance: StoreInstance, _ memory: Definition) -> Bool {
    firstLate[memory].map { instance.number < $0 } ?? true
  }

  /// The instructions by which an instance writes its data segments when it is instantiated, as the instance would write them,
  /// where they do not stand from the beginning.
  func writes(of instance: StoreInstance) -> [Operation] {
    guard let memory = instance.memories.first, access[memory] != nil, !isInitial(instance, memory) else { return [] }
    return instance.data.flatMap { segment in
      segment.contents.indices.flatMap { index -> [Operation] in
        [
          // Up to the last address that there is: what lies behind it cannot be linked.
          .i32Const(Int32(bitPattern: segment.start &+ UInt32(truncatingIfNeeded: index))),
          .i32Const(Int32(segment.contents[index])),
          .store(.i32Store8, MemoryArgument(alignment: 0, offset: 0)),
        ]
      }
    }
  }
}
