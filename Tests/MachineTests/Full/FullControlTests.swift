import InstructionSet
import Testing

/// Jumps, calls and traps on the graph.
@Suite struct FullControlTests {
  @Test(arguments: [0, 1, 0x100, 0x8000_0000] as [UInt32])
  func conditionalJumps(_ condition: UInt32) throws {
    try FullTrace.expectAgreement(
      [
        .init(.const, condition), .init(.brIf, 5), .init(.const, 0x41), .init(.output), .init(.const, condition),
        .init(.brUnless, 9), .init(.const, 0x42), .init(.output),
      ], "condition \(condition)")
  }

  @Test(arguments: [0, 1, 2, 3, 4, 0xffff_ffff] as [UInt32])
  func tablesOfLabels(_ label: UInt32) throws {
    // 1 const, 2 br_table, 3…6 labels, 7… arms of three instructions each.
    let arms = (0...3).flatMap { [FullInstruction(.const, 0x41 + $0), .init(.output), .init(.br, 0)] }
    try FullTrace.expectAgreement(
      [.init(.const, label), .init(.brTable, 3 << 16)] + (0...3).map { .init(.label, 7 + 3 * $0) } + arms,
      "label \(label)")
  }

  /// A table of two functions, of types 1 and 2, and an element that is not initialized.
  @Test(arguments: [(0, 1), (0, 2), (1, 2), (1, 1), (2, 1), (3, 1), (4, 1), (0xffff_ffff, 1)] as [(UInt32, UInt32)])
  func callsThroughATable(_ element: UInt32, _ type: UInt32) throws {
    try FullTrace.expectAgreement(
      [
        .init(.label, 9 | 1 << 16), .init(.label, 11 | 2 << 16), .init(.label, 0), .init(.label, 0),
        .init(.const, element), .init(.tableGet, type | 3 << 16), .init(.const, 0), .init(.jumpThere),
        .init(.const, 0x41), .init(.output), .init(.const, 0x42), .init(.output), .init(.jump),
      ], entry: 5, "element \(element) of type \(type)")
  }

  @Test(arguments: [1, 2, 3] as [UInt32])
  func roomOnTheStack(_ limit: UInt32) throws {
    try FullTrace.expectAgreement(
      [.init(.const, 1), .init(.const, 2), .init(.enter, limit), .init(.add)], "enter with a limit of \(limit)")
  }

  @Test func divisionByZero() throws {
    try FullTrace.expectAgreement([.init(.const, 7), .init(.const, 0), .init(.divide)], "7 / 0")
  }

  @Test(arguments: Trap.allCases)
  func traps(_ trap: Trap) throws {
    try FullTrace.expectAgreement([.init(.trap, UInt32(trap.rawValue))], trap.message)
  }

  @Test(arguments: [1, 2, 63, 64] as [UInt32])
  func popsOfMany(_ count: UInt32) throws {
    let pushes = (0...count).map { FullInstruction(.const, $0) }
    try FullTrace.expectAgreement(pushes + [.init(.pop, count), .init(.const, 1), .init(.add)], "pop \(count)")
  }

  /// f(n) = n == 0 ? 0 : f(n − 1) + n, five hundred deep. A frame is the argument, which the result replaces, and above it the
  /// number of the instruction to return to.
  @Test func recursionKeepsItsFrames() throws {
    let (function, end): (UInt32, UInt32) = (6, 16)
    try FullTrace.expectAgreement(
      [
        .init(.const, 500), .init(.const, 4), .init(.br, function), .init(.output), .init(.br, 0),
        .init(.localGet, signed: -1), .init(.brUnless, end),
        .init(.localGet, signed: -1), .init(.const, 1), .init(.sub), .init(.const, 13), .init(.br, function),
        .init(.localGet, signed: -2), .init(.add), .init(.localSet, signed: -1), .init(.jump),
      ], "recursion")
  }
}
