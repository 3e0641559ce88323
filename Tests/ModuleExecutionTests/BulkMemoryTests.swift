import InstructionSet
import ModuleExecution
import Testing
import WebAssembly

/// Instructions on many bytes of memory.
@Suite struct BulkMemoryTests {
  private static let size: UInt32 = 1 << 16
  /// The part of memory that is compared, at its end.
  private static let window = size - 96..<size

  /// Memory and what it should hold.
  private struct Bench {
    var instance: ModuleInstance
    var expected: [UInt8]

    init() throws {
      var sketch = ModuleSketch()
      sketch.addMemory(1)
      let word = MemoryArgument(alignment: 0, offset: 0)
      sketch.addFunction("load", [.i32], [.i64], [.localGet(0), .load(.i64Load, word), .end])
      sketch.addFunction(
        "copy", [.i32, .i32, .i32], [], [.localGet(0), .localGet(1), .localGet(2), .memoryCopy, .end])
      sketch.addFunction(
        "fill", [.i32, .i32, .i32], [], [.localGet(0), .localGet(1), .localGet(2), .memoryFill, .end])
      expected = window.map { UInt8(truncatingIfNeeded: 7 * $0 + 1) }
      sketch.addData(Int32(window.lowerBound), expected)
      instance = try sketch.instance()
      #expect(try instance.instantiate() == .returned([]))
    }

    mutating func call(_ name: Name, _ arguments: UInt32...) throws -> ExecutionOutcome {
      try instance.call(name, arguments.map { .i32(Int32(bitPattern: $0)) })
    }

    mutating func found() throws -> [UInt8] {
      try stride(from: window.lowerBound, to: window.upperBound, by: 8).flatMap { address -> [UInt8] in
        guard case .returned(let values) = try call("load", address), let value = values.first else { return [] }
        return (0..<8).map { UInt8(truncatingIfNeeded: value.bits >> UInt64(8 * $0)) }
      }
    }
  }

  private static func place(_ offset: Int) -> UInt32 { window.lowerBound + UInt32(offset) }

  /// Areas that overlap by every amount, shorter and longer than what is moved in one turn.
  @Test(arguments: [0, 1, 7, 8, 15, 16, 17, 33, 40])
  func copies(_ count: Int) throws {
    for (to, from) in [(0, 50), (50, 0), (9, 9), (9, 10), (10, 9), (3, 19), (19, 3), (20, 37), (96 - count, 0)] {
      var bench = try Bench()
      let moved = Array(bench.expected[from..<from + count])
      bench.expected.replaceSubrange(to..<to + count, with: moved)
      #expect(try bench.call("copy", Self.place(to), Self.place(from), UInt32(count)) == .returned([]))
      #expect(try bench.found() == bench.expected, "\(count) bytes from \(from) to \(to)")
    }
  }

  @Test(arguments: [0, 1, 15, 16, 17, 47])
  func fills(_ count: Int) throws {
    for value in [0, 0xff, 0x1234_56ab] as [UInt32] {
      var bench = try Bench()
      let bytes = Array(repeating: UInt8(truncatingIfNeeded: value), count: count)
      bench.expected.replaceSubrange(96 - count..<96, with: bytes)
      #expect(try bench.call("fill", Self.place(96 - count), value, UInt32(count)) == .returned([]))
      #expect(try bench.found() == bench.expected, "\(count) bytes of \(value)")
    }
  }

  /// Nothing is written where not all can be, and no bytes are none only within memory.
  @Test func bounds() throws {
    var bench = try Bench()
    for (to, count) in [
      (Self.size - 8, 9), (Self.size, 1), (Self.size + 1, 0), (.max, 1), (.max, 0), (.max - 3, 8), (0, .max),
      (40, .max - 20),
      (0, Self.size + 1),
    ] as [(UInt32, UInt32)] {
      #expect(try bench.call("fill", to, 0, count) == .trapped(.outOfBoundsMemoryAccess), "\(count) bytes at \(to)")
      #expect(try bench.call("copy", to, 0, count) == .trapped(.outOfBoundsMemoryAccess), "\(count) bytes to \(to)")
      #expect(try bench.call("copy", 0, to, count) == .trapped(.outOfBoundsMemoryAccess), "\(count) bytes from \(to)")
    }
    #expect(try bench.call("fill", Self.size, 0, 0) == .returned([]))
    #expect(try bench.call("copy", Self.size, Self.size, 0) == .returned([]))
    #expect(try bench.found() == bench.expected)
  }
}
