import InstructionSet
import Testing

/// Memory, slots and output on the graph.
@Suite struct FullStorageTests {
  private static let stores: [FullOpcode] = [.store8, .store16, .store32, .store64]
  private static let loads = FullOpcode.allCases.filter {
    if case .load = $0.description.operation { true } else { false }
  }

  @Test func loadsOfEveryWidthAtOverlappingAddresses() throws {
    var instructions: [FullInstruction] = [.init(.const, 0), .init(.const, 1), .init(.memorySet, 1)]
    for (index, value) in FullTraceTests.edges.enumerated() {
      instructions += [.init(.const, 1024 + UInt32(index) % 5), .init(.const, value)]
      let store = Self.stores[index % Self.stores.count]
      if store == .store64 { instructions.append(.init(.extendSigned)) }
      instructions.append(.init(store, 3))
      for load in Self.loads {
        for address in 1020..<UInt32(1032) { instructions += [.init(.const, address), .init(load, 2), .init(.pop, 1)] }
      }
    }
    try FullTrace.expectAgreement(instructions, "loads")
  }

  @Test(arguments: loads + stores)
  func accessesAtTheEndOfMemory(_ opcode: FullOpcode) throws {
    var bytes: UInt32 = 0
    var value: [FullInstruction] = []
    switch opcode.description.operation {
    case .load(let count, _): bytes = UInt32(count)
    case .store(let count):
      bytes = UInt32(count)
      value = [.init(count == 8 ? .wideConst : .const, 0)]
    default: return
    }
    let end: UInt32 = 2 * 65536
    for (address, offset) in [
      (end - bytes, 0), (end - bytes + 1, 0), (0, end - bytes + 1), (.max, 1), (0, end), (.max, 0),
    ] {
      let access = [.init(.const, address)] + value + [FullInstruction(opcode, offset)]
      let rest: [FullInstruction] = value.isEmpty ? [.init(.pop, 1)] : []
      let first = [FullInstruction(.const, 0), .init(.const, 2), .init(.memorySet, 1)]
      try FullTrace.expectAgreement(
        first + access + rest, wideConstants: [.max], "\(opcode.rawValue) at \(address) + \(offset)")
    }
  }

  @Test func dataIsReadAndOverwritten() throws {
    let data = [
      MemorySegment(address: 5, bytes: [1, 2, 3, 4, 5]), MemorySegment(address: 7, bytes: [0xff]),
      MemorySegment(address: 65534, bytes: [8, 9]), MemorySegment(address: 0, bytes: []),
    ]
    let loads: [FullInstruction] = [0, 3, 5, 6, 7, 65532].flatMap {
      [.init(.const, $0), .init(.load), .init(.pop, 1)]
    }
    let program = try FullProgram(
      instructions: [.init(.halt), .init(.const, 0), .init(.const, 1), .init(.memorySet, 1)] + loads
        + [.init(.const, 8), .init(.const, 0x1_0000), .init(.store16)] + loads + [.init(.halt)], data: data)
    try FullTrace.expectAgreement(program, "data")
  }

  @Test func memoryOfNoPages() throws {
    try FullTrace.expectAgreement([.init(.const, 0), .init(.load8Unsigned)], "no memory")
  }

  @Test func localsAndGlobals() throws {
    let instructions: [FullInstruction] = [
      // Slots 1 and 2: globals. Slots 3 to 5: locals.
      .init(.const, 0x11), .init(.wideConst, 0), .init(.const, 0), .init(.wideConst, 1), .init(.const, 7),
      .init(.globalGet, 1), .init(.localGet, signed: -1), .init(.add), .init(.localSet, signed: -2),
      .init(.localGet, signed: -2), .init(.const, 1), .init(.sub), .init(.localTee, signed: -1), .init(.output),
      .init(.globalGet, 2), .init(.localGet, signed: -2), .init(.wideXor), .init(.wideGlobalSet, 2),
      .init(.globalGet, 2), .init(.wideLocalTee, signed: -2), .init(.wideLocalSet, signed: -1),
      .init(.localGet, signed: -2), .init(.localGet, signed: -1), .init(.globalGet, 2), .init(.pop, 3),
      .init(.const, 5), .init(.globalSet, 1), .init(.globalGet, 1), .init(.output),
    ]
    try FullTrace.expectAgreement(instructions, wideConstants: [0xdead_beef_0123_4567, .max], "slots")
  }
}
