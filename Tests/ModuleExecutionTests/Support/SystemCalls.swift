import ModuleExecution
import Testing
import WebAssembly

/// A module that hands the functions of the system interface on, and lets memory be read and written: two pages of it.
struct SystemCalls {
  private(set) var instance: ModuleInstance
  private(set) var output: [UInt8] = []
  private(set) var errorOutput: [UInt8] = []

  static let functions: [(name: Name, parameters: [ValueType])] = [
    ("fd_write", [.i32, .i32, .i32, .i32]), ("fd_read", [.i32, .i32, .i32, .i32]), ("fd_close", [.i32]),
    ("fd_seek", [.i32, .i64, .i32, .i32]), ("fd_fdstat_get", [.i32, .i32]), ("fd_prestat_get", [.i32, .i32]),
    ("fd_prestat_dir_name", [.i32, .i32, .i32]), ("args_sizes_get", [.i32, .i32]), ("args_get", [.i32, .i32]),
    ("environ_sizes_get", [.i32, .i32]), ("environ_get", [.i32, .i32]), ("clock_time_get", [.i32, .i64, .i32]),
    ("clock_res_get", [.i32, .i32]), ("random_get", [.i32, .i32]), ("sched_yield", []),
    ("path_open", [.i32, .i32, .i32, .i32, .i32, .i64, .i64, .i32, .i32]), ("sock_shutdown", [.i32, .i32]),
  ]

  init(_ host: HostEnvironment = HostEnvironment()) throws {
    var sketch = ModuleSketch()
    for function in Self.functions {
      sketch.addImport("wasi_snapshot_preview1", function.name, function.parameters, [.i32])
    }
    sketch.addImport("wasi_snapshot_preview1", "proc_exit", [.i32], [])
    sketch.exportImports()
    sketch.addMemory(2)
    let byte = MemoryArgument(alignment: 0, offset: 0)
    sketch.addFunction("peek", [.i32], [.i32], [.localGet(0), .load(.i32Load8U, byte), .end])
    sketch.addFunction("poke", [.i32, .i32], [], [.localGet(0), .localGet(1), .store(.i32Store8, byte), .end])
    instance = try sketch.instance(host)
    #expect(try instance.instantiate() == .returned([]))
  }

  mutating func callAsFunction(_ name: Name, _ arguments: Int...) throws -> ExecutionOutcome {
    let types = Self.functions.first { $0.name == name }?.parameters ?? [.i32]
    let values = zip(types, arguments).map { WebAssemblyValue($0, bits: UInt64(bitPattern: Int64($1))) }
    var (output, errorOutput): ([UInt8], [UInt8]) = ([], [])
    let outcome = try instance.call(name, values) { event in
      switch event {
      case .output(let bytes): output += bytes
      case .errorOutput(let bytes): errorOutput += bytes
      case .tokens, .answer, .printed: break
      }
    }
    self.output += output
    self.errorOutput += errorOutput
    return outcome
  }

  mutating func write(_ bytes: [UInt8], at address: Int) throws {
    for (index, byte) in bytes.enumerated() {
      _ = try instance.call("poke", [.i32(Int32(address + index)), .i32(Int32(byte))])
    }
  }

  /// Writes words, four bytes each.
  mutating func write(words: [Int], at address: Int) throws {
    try write(words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }, at: address)
  }

  mutating func bytes(_ count: Int, at address: Int) throws -> [UInt8] {
    try (0..<count).map { index in
      guard case .returned(let values) = try instance.call("peek", [.i32(Int32(address + index))]),
        let value = values.first
      else { throw CancellationError() }
      return UInt8(truncatingIfNeeded: value.bits)
    }
  }

  mutating func word(at address: Int) throws -> Int {
    try bytes(4, at: address).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
