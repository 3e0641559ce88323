import Testing
import WebAssembly

/// The place of an index that version 1.0 does not have yet.
@Suite struct LongZeroTests {
  /// A module with a table, a memory and one function of no results that is its first type.
  private static func module(_ body: [UInt8]) -> [UInt8] {
    let code = [0] + body + [0x0b]
    return [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 4, 4, 1, 0x70, 0, 1, 5, 3, 1, 0, 1]
      + [10, UInt8(code.count + 2), 1, UInt8(code.count)] + code
  }

  private static let instructions: [(before: [UInt8], after: [UInt8], operation: Operation)] = [
    ([0x41, 0, 0x11, 0], [], .callIndirect(0)), ([0x3f], [0x1a], .memorySize), ([0x41, 0, 0x40], [0x1a], .memoryGrow),
  ]

  @Test(arguments: [[0], [0x80, 0], [0x80, 0x80, 0x80, 0x80, 0]] as [[UInt8]])
  func zeros(_ zero: [UInt8]) throws {
    for instruction in Self.instructions {
      let bytes = Self.module(instruction.before + zero + instruction.after)
      let module = try Module(decoding: bytes, acceptsLongZeros: true)
      #expect(module.functions[0].body.map(\.operation).contains(instruction.operation))
      if zero.count == 1 {
        #expect(try Module(decoding: bytes) == module)
      } else {
        let error = #expect(throws: DecodingError.self) { try Module(decoding: bytes) }
        #expect(error?.kind == .zeroFlag)
      }
    }
  }

  @Test(arguments: [[1], [0x80, 1], [0x80, 0x80, 0x80, 0x80, 0x80, 0]] as [[UInt8]])
  func whatIsNoZero(_ index: [UInt8]) {
    for instruction in Self.instructions {
      let bytes = Self.module(instruction.before + index + instruction.after)
      #expect(throws: DecodingError.self) { try Module(decoding: bytes, acceptsLongZeros: true) }
    }
  }
}
