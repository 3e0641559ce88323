import InstructionSet
import TestSupport
import Testing
import TransformerVM

/// What the examples never exercise: keys so large that recency falls below their last bit, and sums that must be exact.
@Suite struct LatestWriteTests {
  /// A byte near 8 MiB is written `count` times, read back after each write and added up; then it is printed.
  static func overwriting(_ count: UInt32) throws -> Program {
    let address: UInt32 = (8 << 20) - 3
    return try Program(instructions: [
      .init(.const, count), .init(.localSet, 0), .init(.const, 0), .init(.localSet, 1),
      .init(.const, address), .init(.localGet, 0), .init(.store8),  // 4: the loop
      .init(.localGet, 1), .init(.const, address), .init(.load8Unsigned), .init(.add), .init(.localSet, 1),
      .init(.localGet, 0), .init(.const, 1), .init(.sub), .init(.localTee, 0),
      .init(.brIf, UInt32(bitPattern: 4 - 17)),
      .init(.const, address), .init(.load8Unsigned), .init(.output),
      .init(.const, address), .init(.localGet, 1), .init(.store),
      .init(.const, address), .init(.load8Unsigned, 0), .init(.output),
      .init(.const, address), .init(.load8Unsigned, 1), .init(.output),
      .init(.const, address), .init(.load8Unsigned, 2), .init(.output), .init(.halt),
    ])
  }

  /// f(n) = n == 0 ? 0 : f(n − 1) + n + m, with n and m = 2n + 1 alive across the call.
  static func recursing(_ depth: UInt32) throws -> Program {
    try Program(instructions: [
      .init(.const, depth), .init(.call, 14 - 2), .init(.localSet, 0),
      .init(.const, 512), .init(.localGet, 0), .init(.store),
      .init(.const, 512), .init(.load8Unsigned), .init(.output),
      .init(.const, 512), .init(.load8Unsigned, 1), .init(.output), .init(.halt), .init(.halt),
      .init(.localSet, 0),  // 14: the function
      .init(.localGet, 0), .init(.localGet, 0), .init(.add), .init(.const, 1), .init(.add), .init(.localSet, 1),
      .init(.localGet, 0), .init(.eqz), .init(.brIf, 33 - 24),
      .init(.localGet, 0), .init(.const, 1), .init(.sub), .init(.call, UInt32(bitPattern: 14 - 28)),
      .init(.localGet, 0), .init(.add), .init(.localGet, 1), .init(.add), .init(.return, ~(32 - 14)),
      .init(.const, 0), .init(.return, ~(34 - 14)),  // 33
    ])
  }

  @Test func aByteNearEightMebibytesOverwrittenTenThousandTimes() throws {
    let count: UInt32 = 10_000
    let sum = (1...count).reduce(UInt32(0)) { $0 + $1 % 256 }
    let expected = [UInt8(1)] + (0..<3).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
    let program = try Self.overwriting(count)
    for executor in try Self.executors() {
      try expectOutput(expected, of: program, on: executor)
    }
    let specialized = try Executor(model: Machines.specializedModel(program), engine: .plan)
    try expectOutput(expected, of: program, on: specialized)
  }

  @Test(arguments: [1, 2, 400])
  func recursionWithLiveLocals(_ depth: Int) throws {
    let sum = (1...depth).reduce(0) { $0 + $1 + 2 * $1 + 1 }
    let expected = [UInt8(truncatingIfNeeded: sum), UInt8(truncatingIfNeeded: sum >> 8)]
    let program = try Self.recursing(UInt32(depth))
    for executor in try Self.executors() {
      try expectOutput(expected, of: program, on: executor)
    }
    let specialized = try Executor(model: Machines.specializedModel(program), engine: .plan)
    try expectOutput(expected, of: program, on: specialized)
  }

  /// Every executor in the long tests; else the plan, as `NativeComparisonTests` holds all of them to the same demands.
  private static func executors() throws -> [Executor] {
    let isLong = LongTests.areWanted
    return try Machines.universalExecutors().filter { isLong || $0.name == "plan" }
  }

  private func expectOutput(
    _ expected: [UInt8], of program: Program, on executor: Executor
  ) throws {
    var check = try TraceCheck(.base(program), vocabulary: executor.vocabulary)
    let run = try ProgramRun(.base(program), on: executor) { check.check($0, $1) }
    #expect(run.output == expected, "\(executor.name)")
    #expect(check.finding == nil, "\(executor.name): \(check.finding?.detail ?? "")")
  }
}
