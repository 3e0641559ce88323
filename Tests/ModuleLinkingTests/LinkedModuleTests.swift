import ModuleLinking
import Testing
import WebAssembly
import WebAssemblyValidation

/// What modules become is shown by its form here; that it does what the modules do is shown by the suite's scripts.
@Suite("Linked modules")
struct LinkedModuleTests {
  @Test("A module on its own stays what it is")
  func alone() throws {
    var module = SampleModule.exporting(memory: Limits(minimum: 1))
    module.functions[0].body = SampleModule.expression([
      .i32Const(1), .load(.i32Load, MemoryArgument(alignment: 0, offset: 3)),
    ])
    module.data = [SampleModule.data(at: 3, [1, 2])]
    var store = ModuleStore()
    let linked = try LinkedModule(of: try store.add(module) { _ in nil }, in: store)
    #expect(linked.module.functions == module.functions)
    #expect(linked.module.memories.map(\.limits) == [Limits(minimum: 1)])
    #expect(linked.module.data.map(\.bytes) == [[1, 2]])
    #expect(linked.instantiation(of: 0) == nil)
    guard case .function(let name, SampleModule.number)? = linked.export("f", of: 0) else {
      Issue.record("expected the exported function")
      return
    }
    #expect(linked.module.exports.contains { $0.name == name && $0.kind == .function(0) })
    try linked.module.validate()
  }

  @Test("Modules that have no state in common stay apart, constants and plain functions notwithstanding")
  func components() throws {
    let library = SampleModule.function([.i32Const(1)]) { module in
      module.globals = [
        Global(
          type: GlobalType(value: .i32, isMutable: false), initialValue: SampleModule.expression([.i32Const(5)]),
          offset: 0)
      ]
      module.exports.append(Export(name: "g", kind: .global(0), offset: 0))
    }
    let caller = SampleModule.importing("f", .function(0), [.call(0)])
    let reader = SampleModule.importing("g", .global(GlobalType(value: .i32, isMutable: false)), [.globalGet(0)])
    let owner = SampleModule.exporting(memory: Limits(minimum: 1))
    let user = SampleModule.importing(
      "memory", .memory(MemoryType(limits: Limits(minimum: 1), offset: 0)), [.memorySize])
    var store = ModuleStore()
    for module in [library, caller, reader, owner] { _ = try store.add(module) { $0 == "owner" ? 0 : nil } }
    _ = try store.add(user) { _ in 3 }
    let members = try (0..<5).map { try LinkedModule(of: $0, in: store).members }
    #expect(members == [[0], [1], [2], [3, 4], [3, 4]])
    let constant = try LinkedModule(of: 2, in: store).module
    #expect(constant.functions[0].body.map(\.operation) == [.i32Const(5), .end])
    for number in 0..<5 { try LinkedModule(of: number, in: store).module.validate() }
  }

  @Test("Elements stand in the table from the beginning unless somebody may have looked before")
  func tables() throws {
    let call: [Operation] = [.i32Const(0), .callIndirect(0)]
    let table = Import.Kind.table(TableType(limits: Limits(minimum: 1), offset: 0))
    var writer = SampleModule.importing("table", table, [.i32Const(7)])
    writer.elements = [SampleModule.elements(at: 0, [0])]
    let owner = SampleModule.exporting(table: Limits(minimum: 1))
    var lookingOwner = owner
    lookingOwner.functions[0].body = SampleModule.expression(call)
    for (owner, isLate) in [(owner, false), (lookingOwner, true)] {
      var store = ModuleStore()
      for module in [owner, writer, SampleModule.importing("table", table, call)] {
        _ = try store.add(module) { $0 == "owner" ? 0 : nil }
      }
      let linked = try LinkedModule(of: 0, in: store)
      #expect(linked.members == [0, 1, 2])
      #expect((linked.instantiation(of: 1) != nil) == isLate)
      #expect(linked.module.elements.map(\.references) == [isLate ? [nil, 1] : [1]])
      try linked.module.validate()
    }
  }

  @Test("Memories beside each other are checked, the last one by the machine")
  func memories() throws {
    let access: [Operation] = [.i32Const(0), .load(.i32Load, MemoryArgument(alignment: 0, offset: 8))]
    var small = SampleModule.exporting(memory: Limits(minimum: 1, maximum: 2))
    small.functions[0].body = SampleModule.expression(access)
    var large = SampleModule.importing("f", .function(0), access)
    large.memories = [MemoryType(limits: Limits(minimum: 1), offset: 0)]
    large.data = [SampleModule.data(at: 4, [9])]
    var store = ModuleStore()
    for module in [small, large] { _ = try store.add(module) { _ in 0 } }
    let linked = try LinkedModule(of: 1, in: store)
    #expect(linked.module.memories.map(\.limits) == [Limits(minimum: 3, maximum: 1024)])
    guard case .active(0, let start)? = linked.module.data.first?.mode else {
      Issue.record("expected a data segment")
      return
    }
    #expect(start.map(\.operation) == [.i32Const(4 + 2 << 16), .end])
    #expect(linked.module.functions[0].body.map(\.operation).contains { if case .call = $0 { true } else { false } })
    #expect(
      linked.module.functions[1].body.map(\.operation)
        == [.i32Const(0), .load(.i32Load, MemoryArgument(alignment: 0, offset: 8 + 2 << 16)), .end])
    try linked.module.validate()
  }

  @Test(
    "A table of more elements than a program can have is refused before they are there",
    arguments: [32_767, 32_768, .max] as [UInt32])
  func tooManyElements(_ count: UInt32) throws {
    var module = SampleModule.exporting(table: Limits(minimum: count))
    module.functions[0].body = SampleModule.expression([.i32Const(0), .callIndirect(0)])
    var store = ModuleStore()
    let number = try store.add(module) { _ in nil }
    do {
      let linked = try LinkedModule(of: number, in: store)
      #expect(linked.module.elements.first?.references.count == 32_767 && count == 32_767)
    } catch {
      #expect(error.kind == .tableTooLarge && count > 32_767)
      #expect(error.description.contains("at most 32767 elements"))
    }
  }

  @Test("More memory than can be addressed is refused")
  func tooMuchMemory() throws {
    var store = ModuleStore()
    _ = try store.add(SampleModule.exporting(memory: Limits(minimum: 600))) { _ in nil }
    var user = SampleModule.importing("f", .function(0), [.memorySize])
    user.memories = [MemoryType(limits: Limits(minimum: 600), offset: 0)]
    _ = try store.add(user) { _ in 0 }
    do {
      _ = try LinkedModule(of: 0, in: store)
      Issue.record("expected an error")
    } catch {
      #expect(error.kind == .memoryTooLarge)
    }
  }
}
