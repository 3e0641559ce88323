import ModuleExecution
import ProgramCompiler
import Testing
import WebAssembly

/// What is imported of the test suite's host, beside functions: by its name, and only as what it is.
@Suite struct HostImportTests {
  private static let names: [Name] = [
    "global_i32", "global_i64", "global_f32", "global_f64", "table", "memory", "print", "print_i32", "nope",
  ]

  private static let limits =
    [0, 1, 2, 10, 11, 20].flatMap { minimum -> [Limits] in
      [nil, 1, 2, 3, 10, 19, 20, 21].filter { $0 ?? .max >= minimum }.map { Limits(minimum: minimum, maximum: $0) }
    }

  /// Every kind of import, of every type and of limits around those that are provided.
  private static let kinds: [Import.Kind] = {
    let globals = ValueType.allCases.flatMap { type in
      [false, true].map { Import.Kind.global(GlobalType(value: type, isMutable: $0)) }
    }
    return globals + limits.map { .table(TableType(limits: $0, offset: 0)) }
      + limits.map { .memory(MemoryType(limits: $0, offset: 0)) }
  }()

  private static func module(_ name: Name, _ kind: Import.Kind, from source: Name = "spectest") -> Module {
    var module = Module()
    module.types = [FunctionType(parameters: [], results: [])]
    module.imports = [Import(module: source, name: name, kind: kind, offset: 0)]
    return module
  }

  @Test(.enabled("no node on the path") { CommandBuild.node != nil })
  func nodeRefusesTheSame() throws {
    let modules = Self.names.flatMap { name in Self.kinds.map { (name, $0, Self.module(name, $0)) } }
    let list = modules.map { "[\($0.2.encoded().map(String.init).joined(separator: ","))]" }
    let script = """
      const global = (value, initial) => new WebAssembly.Global({value}, initial);
      const spectest = {
        global_i32: global('i32', 666), global_i64: global('i64', 666n), global_f32: global('f32', 666),
        global_f64: global('f64', 666), print: () => {}, print_i32: () => {},
        table: new WebAssembly.Table({initial: 10, maximum: 20, element: 'anyfunc'}),
        memory: new WebAssembly.Memory({initial: 1, maximum: 2}),
      };
      for (const bytes of [\(list.joined(separator: ",\n"))]) {
        try {
          new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)), {spectest});
          console.log('linked');
        } catch (error) {
          console.log(error.name);
        }
      }
      """
    let lines = try CommandBuild.output(of: script, []).split(separator: "\n")
    try #require(lines.count == modules.count)
    var counts = ["linked": 0, "LinkError": 0]
    for ((name, kind, module), line) in zip(modules, lines) {
      counts[String(line), default: 0] += 1
      let message = ModuleSketch.refusal(of: module)?.description
      #expect(
        (message == nil) == (line == "linked"), "\(name) as \(kind): node says \(line), found \(message ?? "nothing")")
    }
    #expect(counts.count == 2 && counts.values.allSatisfy { $0 > 10 }, "\(counts)")
  }

  @Test(
    arguments: [
      ("nope", .global(GlobalType(value: .i32, isMutable: false)), "unknown import: nothing provides 'spectest.nope'"),
      (
        "global_i32", .global(GlobalType(value: .i64, isMutable: false)),
        "incompatible import type: 'spectest.global_i32' is an immutable global of type i32"
      ),
      (
        "memory", .memory(MemoryType(limits: Limits(minimum: 2), offset: 0)),
        "incompatible import type: 'spectest.memory' is a memory of 1 to 2 pages"
      ),
      (
        "table", .table(TableType(limits: Limits(minimum: 30), offset: 0)),
        "incompatible import type: 'spectest.table' is a table of 10 to 20 elements"
      ),
      (
        "print_i32", .memory(MemoryType(limits: Limits(minimum: 0), offset: 0)),
        "incompatible import type: 'spectest.print_i32' is a function that takes i32 and gives nothing"
      ),
      (
        "memory", .function(0), "incompatible import type: 'spectest.memory' is a memory of 1 to 2 pages"
      ),
    ] as [(Name, Import.Kind, String)])
  func refusalsNameWhatAndWhere(_ name: Name, _ kind: Import.Kind, _ expected: String) throws {
    var module = Self.module(name, kind)
    module.imports[0].offset = 35
    #expect(ModuleSketch.refusal(of: module)?.description == expected + " at byte 35 (0x23)")
  }

  @Test func ofOtherModulesThereIsNothing() {
    for source in ["env", "tvm", "wasi_snapshot_preview1"] as [Name] {
      let error = ModuleSketch.refusal(
        of:
          Self.module("memory", .memory(MemoryType(limits: Limits(minimum: 1), offset: 0)), from: source))
      guard case .unknownImport = error?.kind else {
        Issue.record("\(source): \(error.map { "\($0)" } ?? "nothing")")
        continue
      }
    }
  }

  @Test func globalsHaveTheirValues() throws {
    let values: [WebAssemblyValue] = [.i32(666), .i64(666), .f32(666), .f64(666)]
    for value in values {
      var module = Self.module(
        Name("global_\(value.type.rawValue)"), .global(GlobalType(value: value.type, isMutable: false)))
      module.exports = [Export(name: "get", kind: .function(0), offset: 0)]
      module.types = [FunctionType(parameters: [], results: [value.type])]
      let body = [Operation.globalGet(0), .end].map { Instruction($0, offset: 0) }
      module.functions = [Function(type: 0, locals: [], body: body, offset: 0)]
      var instance = try ModuleSketch.instance(of: module)
      _ = try instance.instantiate()
      #expect(try instance.call("get") == .returned([value]))
    }
  }
}
