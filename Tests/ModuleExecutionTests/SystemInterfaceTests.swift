import InstructionSet
import ModuleExecution
import ProgramCompiler
import RandomNumbers
import Synchronization
import TestSupport
import Testing
import WebAssembly

/// Each function of WASI preview 1, by its arguments, its result and what it leaves in memory.
@Suite struct SystemInterfaceTests {
  private static let outOfBounds = ExecutionOutcome.trapped(.outOfBoundsMemoryAccess)
  private static let size = 2 << 16

  private static func error(_ number: Int32) -> ExecutionOutcome { .returned([.i32(number)]) }
  private static let success = error(0)
  private static let badFile = error(8)

  @Test(arguments: [0, 1, 7, 8, 9, 16, 200])
  func writing(_ count: Int) throws {
    var system = try SystemCalls()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 3 * $0) }
    try system.write(bytes + [1, 2], at: 1000)
    // Three buffers, the second of them empty.
    try system.write(words: [1000, count, 9_999_999, 0, 1000 + count, 2], at: 16)
    #expect(try system("fd_write", 1, 16, 3, 8) == Self.success)
    #expect(try system.word(at: 8) == count + 2)
    #expect(system.output == bytes + [1, 2])
    #expect(try system("fd_write", 2, 16, 3, 12) == Self.success)
    #expect(try system.word(at: 12) == count + 2)
    #expect(system.errorOutput == bytes + [1, 2])
    #expect(system.output == bytes + [1, 2])
  }

  @Test func writingWhatThereIsNot() throws {
    var system = try SystemCalls()
    for file in [0, 3, -1] { #expect(try system("fd_write", file, 16, 1, 8) == Self.badFile) }
    for (pointer, count) in [(Self.size, 1), (Self.size - 3, 4), (16, -1), (16, Self.size), (-1, 2), (-16, 64)] {
      try system.write(words: [pointer, count], at: 16)
      #expect(try system("fd_write", 1, 16, 1, 8) == Self.outOfBounds, "\(count) bytes at \(pointer)")
      #expect(try system("fd_write", 2, 16, 1, 8) == Self.outOfBounds, "\(count) bytes at \(pointer)")
    }
    #expect(system.output.isEmpty)
    #expect(system.errorOutput.isEmpty)
    try system.write(words: [0, 1], at: 16)
    #expect(try system("fd_write", 1, Self.size - 4, 1, 8) == Self.outOfBounds)
    #expect(try system("fd_write", 1, 16, 0, Self.size - 3) == Self.outOfBounds)
    #expect(try system("fd_write", 1, 16, 0, Self.size - 4) == Self.success)
  }

  @Test func reading() throws {
    var system = try SystemCalls(HostEnvironment(input: .bytes(Array(0..<10))))
    try system.write(words: [100, 3, 200, 0, 300, 4], at: 16)
    #expect(try system("fd_read", 0, 16, 3, 8) == Self.success)
    #expect(try system.word(at: 8) == 7)
    #expect(try system.bytes(4, at: 100) == [0, 1, 2, 0])
    #expect(try system.bytes(5, at: 300) == [3, 4, 5, 6, 0])
    #expect(try system("fd_read", 0, 16, 3, 8) == Self.success)
    #expect(try system.word(at: 8) == 3)
    #expect(try system.bytes(4, at: 100) == [7, 8, 9, 0])
    #expect(try system.bytes(4, at: 300) == [3, 4, 5, 6])
    #expect(try system("fd_read", 0, 16, 3, 8) == Self.success)
    #expect(try system.word(at: 8) == 0)
  }

  /// What is read goes to bytes that were written before, at either end of memory, and can be overwritten.
  @Test func readingOverAndOver() throws {
    var system = try SystemCalls(HostEnvironment(input: .bytes([1, 2, 3, 4])))
    for address in [0, Self.size - 1] {
      try system.write([9], at: address)
      try system.write(words: [address, 1], at: 16)
      #expect(try system("fd_read", 0, 16, 1, 8) == Self.success)
      let first = try system.bytes(1, at: address)
      #expect(try system("fd_read", 0, 16, 1, 8) == Self.success)
      #expect(try system.bytes(1, at: address) == [first[0] + 1])
      try system.write([7], at: address)
      #expect(try system.bytes(1, at: address) == [7])
    }
  }

  /// A reading may give less than there is.
  @Test func readingMuch() throws {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 >> 8) }
    var system = try SystemCalls(HostEnvironment(input: .bytes(bytes)))
    try system.write(words: [100, 100_000], at: 16)
    var total = 0
    while total < bytes.count {
      #expect(try system("fd_read", 0, 16, 1, 8) == Self.success)
      let count = try system.word(at: 8)
      try #require(count > 0)
      #expect(try system.bytes(1, at: 99 + count) == [bytes[total + count - 1]])
      total += count
    }
    #expect(total == bytes.count)
  }

  @Test func readingToWhatThereIsNot() throws {
    var system = try SystemCalls(HostEnvironment(input: .bytes([5])))
    for file in [1, 2, 3, -1] { #expect(try system("fd_read", file, 16, 1, 8) == Self.badFile) }
    for (pointer, count) in [(Self.size, 1), (Self.size - 3, 4), (16, -1), (-1, 2), (-16, 64)] {
      try system.write(words: [pointer, count], at: 16)
      #expect(try system("fd_read", 0, 16, 1, 8) == Self.outOfBounds, "\(count) bytes at \(pointer)")
    }
    try system.write(words: [100, 2], at: 16)
    #expect(try system("fd_read", 0, 16, 1, 8) == Self.success)
    #expect(try system.bytes(1, at: 100) == [5])
  }

  /// A source gives what it has when it has it.
  @Test func readingFromASource() throws {
    let parts = Parts([[1, 2, 3], [4], []])
    var system = try SystemCalls(HostEnvironment(input: .source { parts.next() }))
    var counts: [Int] = []
    try system.write(words: [100, 2], at: 16)
    for _ in 0..<4 {
      #expect(try system("fd_read", 0, 16, 1, 8) == Self.success)
      counts.append(try system.word(at: 8))
    }
    #expect(counts == [2, 1, 1, 0])
  }

  @Test func readingWhatCannotBeRead() throws {
    let failure = HostInputError("no such device")
    let source = HostInput.source { () throws(HostInputError) -> [UInt8] in throw failure }
    var system = try SystemCalls(HostEnvironment(input: source))
    try system.write(words: [100, 2], at: 16)
    let error = #expect(throws: ExecutionError.self) { try system("fd_read", 0, 16, 1, 8) }
    #expect(error?.kind == .input(failure))
  }

  @Test func files() throws {
    var system = try SystemCalls()
    for file in 0...4 {
      let known = file < 3
      try system.write(Array(repeating: 0xff, count: 24), at: 64)
      #expect(try system("fd_fdstat_get", file, 64) == (known ? Self.success : Self.badFile))
      if known {
        #expect(try system.bytes(1, at: 64) == [0])
        #expect(try system.bytes(2, at: 66) == [0, 0])
        #expect(try system.bytes(16, at: 72) == [file == 0 ? 2 : 64] + Array(repeating: 0, count: 15))
      }
      #expect(try system("fd_seek", file, -1, 0, 64) == (known ? Self.error(70) : Self.badFile))
      #expect(try system("fd_close", file) == (known ? Self.success : Self.badFile))
      #expect(try system("fd_prestat_get", file, 64) == Self.badFile)
      #expect(try system("fd_prestat_dir_name", file, 64, 9) == Self.badFile)
    }
    #expect(try system("fd_fdstat_get", 1, Self.size - 23) == Self.outOfBounds)
  }

  @Test func argumentsAndVariables() throws {
    let host = HostEnvironment(arguments: ["program", "", "päth", "a\0b"], variables: ["A=1", "LONG=\u{1F600}"])
    var system = try SystemCalls(host)
    for (list, strings) in [
      ("args", ["program\0", "\0", "päth\0", "a\0"]), ("environ", ["A=1\0", "LONG=\u{1F600}\0"]),
    ] {
      let bytes = strings.map { Array($0.utf8) }
      let all = Array(bytes.joined())
      #expect(try system(Name("\(list)_sizes_get"), 8, 12) == Self.success)
      #expect(try system.word(at: 8) == strings.count)
      #expect(try system.word(at: 12) == all.count)
      #expect(try system(Name("\(list)_get"), 400, 500) == Self.success)
      var address = 500
      for (index, string) in bytes.enumerated() {
        #expect(try system.word(at: 400 + 4 * index) == address)
        address += string.count
      }
      #expect(try system.bytes(all.count + 1, at: 500) == all + [0])
      try system.write(Array(repeating: 0, count: 64), at: 500)
      #expect(try system(Name("\(list)_get"), Self.size - 4, 500) == Self.outOfBounds)
      #expect(try system(Name("\(list)_get"), 400, Self.size - all.count + 1) == Self.outOfBounds)
      #expect(try system(Name("\(list)_sizes_get"), Self.size - 3, 12) == Self.outOfBounds)
    }
  }

  @Test func noArgumentsAndNoVariables() throws {
    var system = try SystemCalls()
    for list in ["args", "environ"] {
      #expect(try system(Name("\(list)_sizes_get"), 8, 12) == Self.success)
      #expect(try system.bytes(8, at: 8) == Array(repeating: 0, count: 8))
      #expect(try system(Name("\(list)_get"), Self.size, Self.size) == Self.success)
    }
  }

  @Test func clocks() throws {
    var system = try SystemCalls(HostEnvironment(clock: .counting(from: 0x0102_0304_0506_0708, step: 1)))
    for (clock, low) in [(0, 8), (1, 9), (2, 10), (3, 11)] as [(Int, UInt8)] {
      #expect(try system("clock_time_get", clock, 1, 64) == Self.success)
      #expect(try system.bytes(8, at: 64) == [low, 7, 6, 5, 4, 3, 2, 1])
      #expect(try system("clock_res_get", clock, 64) == Self.success)
      #expect(try system.bytes(8, at: 64) == [1, 0, 0, 0, 0, 0, 0, 0])
    }
    for clock in [4, -1] {
      #expect(try system("clock_time_get", clock, 1, 64) == Self.error(28))
      #expect(try system("clock_res_get", clock, 64) == Self.error(28))
    }
    #expect(try system("clock_time_get", 0, 1, Self.size - 7) == Self.outOfBounds)
  }

  @Test func systemClocksGoOn() throws {
    var system = try SystemCalls(HostEnvironment(clock: .system))
    #expect(try system("clock_time_get", 0, 1, 64) == Self.success)
    let nanoseconds = try system.word(at: 64) + system.word(at: 68) << 32
    // 2020 and 2100.
    #expect((1_577_836_800...4_102_444_800).contains(nanoseconds / 1_000_000_000))
  }

  @Test func randomBytes() throws {
    // The first two numbers of SplitMix64 for 0 are e220a8397b1dcdaf and 6e789e6aa1b965f4 (Vigna's reference implementation).
    var system = try SystemCalls(HostEnvironment(random: .seeded(0)))
    #expect(try system("random_get", 64, 11) == Self.success)
    #expect(
      try system.bytes(12, at: 64) == [0xaf, 0xcd, 0x1d, 0x7b, 0x39, 0xa8, 0x20, 0xe2, 0xf4, 0x65, 0xb9, 0])
    #expect(try system("random_get", Self.size, 0) == Self.success)
    for (pointer, count) in [(Self.size, 1), (Self.size - 1, 2), (0, -1), (-1, 1), (-4, 8)] {
      #expect(try system("random_get", pointer, count) == Self.outOfBounds, "\(count) bytes at \(pointer)")
    }
    // All of memory, which takes more than one answer: the last eight bytes are the last number.
    var whole = try SystemCalls(HostEnvironment(random: .seeded(7)))
    #expect(try whole("random_get", 0, Self.size) == Self.success)
    var generator = SplitMix64(seed: 7)
    let last = (0..<Self.size / 8).reduce(0) { _, _ in generator.next() }
    #expect(try whole.bytes(8, at: Self.size - 8) == (0..<8).map { UInt8(truncatingIfNeeded: last >> (8 * $0)) })
    var other = try SystemCalls(HostEnvironment(random: .system))
    #expect(try other("random_get", 64, 16) == Self.success)
    #expect(try other.bytes(16, at: 64) != Array(repeating: 0, count: 16))
  }

  @Test func theRest() throws {
    var system = try SystemCalls()
    #expect(try system("sched_yield") == Self.success)
    #expect(try system("path_open", 3, 0, 0, 0, 0, 0, 0, 0, 0) == Self.error(52))
    #expect(try system("sock_shutdown", 1, 2) == Self.error(52))
    #expect(try system("proc_exit", 42) == .exited(code: 42))
    #expect(try system("proc_exit", -1) == .exited(code: .max))
    #expect(try system("sched_yield") == Self.success)
    #expect(system.instance.stackDepth == system.instance.module.slotCount)
  }

  @Test func importsOfOtherTypesAndNames() throws {
    let cases: [(module: Name, name: Name, parameters: [ValueType], results: [ValueType])] = [
      ("wasi_snapshot_preview1", "fd_close", [.i64], [.i32]), ("wasi_snapshot_preview1", "fd_close", [.i32], []),
      ("wasi_snapshot_preview1", "proc_exit", [.i32], [.i32]), ("wasi_snapshot_preview1", "unheard_of", [], [.i64]),
      ("spectest", "print_i32", [.f32], []), ("tvm", "output", [.i32], [.i32]),
    ]
    for (module, name, parameters, results) in cases {
      var sketch = ModuleSketch()
      sketch.addImport(module, name, parameters, results)
      let error = #expect(throws: ProgramCompilerError.self) { try sketch.instance() }
      guard case .incompatibleImport = error?.kind else {
        Issue.record("\(module).\(name): \(error.map { "\($0)" } ?? "")")
        continue
      }
    }
    for (module, name) in [("tvm", "input"), ("tvm", "exit"), ("env", "fd_write"), ("spectest", "shout")]
      as [(Name, Name)]
    {
      var sketch = ModuleSketch()
      sketch.addImport(module, name, [.i32, .i32], [.i32])
      let error = #expect(throws: ProgramCompilerError.self) { try sketch.instance() }
      guard case .unknownImport = error?.kind else {
        Issue.record("\(module).\(name): \(error.map { "\($0)" } ?? "")")
        continue
      }
    }
  }
}

/// Parts of the input, one after another.
private final class Parts: Sendable {
  private let rest: Mutex<[[UInt8]]>

  init(_ parts: [[UInt8]]) {
    rest = Mutex(parts)
  }

  func next() -> [UInt8] {
    rest.withLock { $0.isEmpty ? [] : $0.removeFirst() }
  }
}
