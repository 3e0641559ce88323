import Graph
import InstructionSet
import Machine
import Reference
import Testing

/// The graph with a program of the full profile in its tables. In long tests it runs all that the universal graph runs.
@Suite struct FullSpecializedTests {
  private static func program(_ instructions: [FullInstruction], wide: [UInt64] = []) throws -> FullProgram {
    try FullProgram(instructions: [.init(.halt)] + instructions + [.init(.halt)], wideConstants: wide)
  }

  @Test func randomPrograms() throws {
    for seed in UInt64(101)...108 {
      try FullTrace.expectAgreement(specializedTo: RandomFullProgram.make(seed: seed), "seed \(seed)")
    }
  }

  /// Values that are in the prologue by themselves, those that share a place, and none.
  @Test func constantsOfAllKinds() throws {
    let words: [UInt32] = [0, 1, 255, 256, 0xffff_ffff, 256, 255, 0x8000_0000, 0x1234_5678, 0xffff_ffff]
    let wide: [UInt64] = [0, .max, 0x0123_4567_89ab_cdef]
    let sums = words.flatMap { [FullInstruction(.const, $0), .init(.const, 1), .init(.add), .init(.pop, 1)] }
    let wideSums = wide.indices.flatMap {
      [FullInstruction(.wideConst, UInt32($0)), .init(.wideConst, 1), .init(.wideAdd), .init(.pop, 1)]
    }
    try FullTrace.expectAgreement(specializedTo: Self.program(sums + wideSums, wide: wide), "constants")
    try FullTrace.expectAgreement(specializedTo: Self.program([]), "nothing")
  }

  @Test func divisionShiftsAndMemory() throws {
    let memory: [FullInstruction] = [.init(.const, 0), .init(.const, 1), .init(.memorySet, 1)]
    let code: [FullInstruction] = [
      .init(.const, 0xffff_fffe), .init(.const, 1000), .init(.divide), .init(.const, 13), .init(.shiftRightUnsigned),
      .init(.pop, 1), .init(.const, 0xffff), .init(.const, 0x8765_4321), .init(.store8),
      .init(.const, 0xffff), .init(.load8Signed), .init(.pop, 1), .init(.const, 0xfff0), .init(.load, 12),
      .init(.pop, 1), .init(.const, 0xfff0), .init(.load, 13),
    ]
    try FullTrace.expectAgreement(specializedTo: Self.program(memory + code), "division, shifts, memory and a trap")
  }

  @Test(arguments: [0, 1, 2, 3, 0xffff_ffff] as [UInt32])
  func tablesOfLabels(_ label: UInt32) throws {
    let arms = (0...2).flatMap { [FullInstruction(.const, 0x41 + $0), .init(.output), .init(.br, 0)] }
    try FullTrace.expectAgreement(
      specializedTo: Self.program(
        [.init(.const, label), .init(.brTable, 2 << 16)] + (0...2).map { .init(.label, 6 + 3 * $0) } + arms),
      "label \(label)")
  }

  /// An element of the type that is asked for, one of another, one that is not initialized, and two that are not there.
  @Test(arguments: [(0, 1), (0, 2), (2, 1), (3, 1), (0xffff_ffff, 1)] as [(UInt32, UInt32)])
  func callsThroughATable(_ element: UInt32, _ type: UInt32) throws {
    let program = try FullProgram(
      instructions: [
        .init(.halt), .init(.label, 9 | 1 << 16), .init(.label, 11 | 2 << 16), .init(.label, 0), .init(.label, 0),
        .init(.const, element), .init(.tableGet, type | 3 << 16), .init(.const, 0), .init(.jumpThere),
        .init(.const, 0x41), .init(.output), .init(.const, 0x42), .init(.output), .init(.jump), .init(.halt),
      ], entry: 5)
    try FullTrace.expectAgreement(specializedTo: program, "element \(element) of type \(type)")
  }

  /// Memory from the program, from its input and from the host.
  @Test func memoryFromEverywhere() throws {
    let loads = [60, 61, 70, 80].flatMap { [FullInstruction(.const, $0), .init(.load8Unsigned), .init(.pop, 1)] }
    let program = try FullProgram(
      instructions: [
        .init(.halt), .init(.const, 0), .init(.const, 1), .init(.memorySet, 1), .init(.host, 3), .init(.pop, 1),
      ]
        + loads
        + [.init(.halt)],
      data: [MemorySegment(address: 60, bytes: [1, 2])])
    let input = [MemorySegment(address: 70, bytes: [3])]
    let answer = MemorySegment(address: 80, bytes: [4]).tokens + FullOperand(7, .word).hostTokens
    for input in [[], input] {
      try FullTrace.expectAgreement(specializedTo: program, "memory", input: input, answers: [answer])
    }
  }

  /// One schedule serves all programs, because their graphs differ in nothing but tables' numbers.
  @Test func graphsOfProgramsHaveTheSameOperations() throws {
    let graphs = try [Self.program([]), RandomFullProgram.make(seed: 1)].map {
      try FullMachineGraph.specialized(to: $0).graph
    }
    #expect(graphs[0].operations == graphs[1].operations)
    #expect(graphs[0].tables.map(\.rowCount) != graphs[1].tables.map(\.rowCount))
  }
}
