import ModuleLinking
import Testing
import WebAssembly

@Suite("Imports and segments")
struct ModuleStoreTests {
  /// Adds both modules; the first is known as `owner`.
  private func add(_ owner: Module, _ user: Module) throws(LinkingError) -> StoreInstance {
    var store = ModuleStore()
    let number = try store.add(owner) { _ in nil }
    return try store.candidate(user) { $0 == "owner" ? number : nil }
  }

  private func failure(_ owner: Module, _ user: Module) -> LinkingError.Kind? {
    do throws(LinkingError) {
      _ = try add(owner, user)
      return nil
    } catch {
      return error.kind
    }
  }

  private static let limits = (0...3).flatMap { minimum -> [Limits] in
    [Limits(minimum: minimum)] + (minimum...3).map { Limits(minimum: minimum, maximum: $0) }
  }

  @Test("A table is importable when no size that it can have is one that the import excludes")
  func tableLimits() {
    for actual in Self.limits {
      for wanted in Self.limits {
        let fits = (actual.minimum...(actual.maximum ?? 9)).allSatisfy {
          (wanted.minimum...(wanted.maximum ?? 9)).contains($0)
        }
        let found = failure(
          SampleModule.exporting(table: actual),
          SampleModule.importing("table", .table(TableType(limits: wanted, offset: 0))))
        #expect(found == (fits ? nil : .incompatibleImport), "\(actual) as \(wanted)")
      }
    }
  }

  @Test("A memory may have grown to what an import wants, but not beyond its maximum")
  func memoryLimits() throws {
    for actual in Self.limits {
      for wanted in Self.limits {
        let owner = SampleModule.exporting(memory: actual)
        let user = SampleModule.importing("memory", .memory(MemoryType(limits: wanted, offset: 0)))
        let isPossible =
          wanted.minimum <= actual.maximum ?? .max && (wanted.maximum.map { actual.maximum ?? .max <= $0 } ?? true)
        #expect(failure(owner, user) == (isPossible ? nil : .incompatibleImport), "\(actual) as \(wanted)")
        guard isPossible else { continue }
        let requirements = try add(owner, user).requirements
        #expect(
          requirements.map(\.pages) == (wanted.minimum > actual.minimum ? [wanted.minimum] : []),
          "\(actual) as \(wanted)")
      }
    }
  }

  @Test("Data at the end of all addresses do not fit a memory that has no maximum either")
  func dataBehindTheLastAddress() throws {
    let owner = SampleModule.exporting(memory: Limits(minimum: 1))
    var user = SampleModule.importing("memory", .memory(MemoryType(limits: Limits(minimum: 1), offset: 0)))
    user.data = [SampleModule.data(at: -1, [1, 2])]
    #expect(failure(owner, user) == .dataOutOfBounds)
    user.data = [SampleModule.data(at: -2, [1, 2])]
    #expect(try add(owner, user).requirements.map(\.pages) == [65_536])
  }

  @Test("Kinds, function types, global types and names must agree")
  func kinds() {
    let owner = SampleModule.function([.i32Const(1)]) { module in
      module.globals = [
        Global(
          type: GlobalType(value: .i64, isMutable: true), initialValue: SampleModule.expression([.i64Const(1)]),
          offset: 0)
      ]
      module.exports.append(Export(name: "g", kind: .global(0), offset: 0))
    }
    let memory = Import.Kind.memory(MemoryType(limits: Limits(minimum: 0), offset: 0))
    let cases: [(Name, Import.Kind, LinkingError.Kind?)] = [
      ("f", .function(0), nil), ("g", .function(0), .incompatibleImport), ("f", memory, .incompatibleImport),
      ("h", .function(0), .unknownImport),
      ("g", .global(GlobalType(value: .i64, isMutable: true)), nil),
      ("g", .global(GlobalType(value: .i64, isMutable: false)), .incompatibleImport),
      ("g", .global(GlobalType(value: .i32, isMutable: true)), .incompatibleImport),
    ]
    for (name, kind, expected) in cases {
      #expect(failure(owner, SampleModule.importing(name, kind)) == expected, "\(name) as \(kind)")
    }
    var unknown = SampleModule.importing("f", .function(0))
    unknown.imports[0].module = "nobody"
    #expect(failure(owner, unknown) == .unknownImport)
    var other = SampleModule.importing("f", .function(0))
    other.types = [FunctionType(parameters: [.i32], results: [.i32])]
    #expect(failure(owner, other) == .incompatibleImport)
  }

  @Test("A segment ends at the latest where its memory or table does")
  func segments() throws {
    for (start, length, fits) in [
      (65535, 1, true), (65536, 0, true), (65536, 1, false), (65537, 0, false), (-1, 0, false),
    ] {
      var module = SampleModule.exporting(memory: Limits(minimum: 1))
      module.data = [SampleModule.data(at: Int32(start), Array(repeating: 1, count: length))]
      #expect(failure(Module(), module) == (fits ? nil : .dataOutOfBounds), "\(start) + \(length)")
    }
    for (start, length, fits) in [(1, 1, true), (2, 0, true), (2, 1, false), (3, 0, false), (-1, 0, false)] {
      var module = SampleModule.exporting(table: Limits(minimum: 2))
      module.elements = [SampleModule.elements(at: Int32(start), Array(repeating: 0, count: length))]
      #expect(failure(Module(), module) == (fits ? nil : .elementsOutOfBounds), "\(start) + \(length)")
    }
  }

  @Test("Data behind an imported memory wait for it to grow")
  func waitingData() throws {
    let owner = SampleModule.exporting(memory: Limits(minimum: 1, maximum: 3))
    var user = SampleModule.importing("memory", .memory(MemoryType(limits: Limits(minimum: 0), offset: 0)))
    user.data = [SampleModule.data(at: 131072, [1])]
    let requirement = try #require(try add(owner, user).requirements.first)
    #expect(requirement.pages == 3 && requirement.failure.kind == .dataOutOfBounds)
    user.data = [SampleModule.data(at: 196608, [1])]
    #expect(failure(owner, user) == .dataOutOfBounds)
  }
}
