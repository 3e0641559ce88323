import Engine
import Foundation
import InstructionSet
import ModuleExecution
import ProgramCompiler
import Testing
import TransformerVM
import WebAssembly

/// Accesses to memory at its end, before and behind it, in engines that read one token after another.
@Suite struct FullBorderTests {
  private static let isLong = ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil

  /// A way to reach memory: its opcode and how many bytes it reaches.
  private struct Access {
    let code: UInt8
    let width: Int
    var isStore: Bool { code >= 0x36 }
  }

  private static let accesses: [Access] =
    zip(0x28..., [4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4]).map { Access(code: $0, width: $1) }
    + zip(0x36..., [4, 8, 4, 8, 1, 2, 1, 2, 4]).map { Access(code: $0, width: $1) }

  /// The operand's constant where it is a store, by the opcode's type.
  private static func constant(_ code: UInt8) -> [UInt8] {
    switch code {
    case 0x36, 0x3a, 0x3b: [0x41, 0]
    case 0x38: [0x43, 0, 0, 0, 0]
    case 0x39: [0x44] + Array(repeating: 0, count: 8)
    default: [0x42, 0]
    }
  }

  /// Functions 2, 3, … make each access at the address that they are given plus an offset.
  private static func module(pages: Int, offset: Int) throws -> FullCompiledModule {
    let functions = accesses.map { access in
      SmallModule.Function(
        parameters: [.i32],
        code: [0x20, 0] + (access.isStore ? constant(access.code) : []) + [access.code, 0] + SmallModule.number(offset)
          + (access.isStore ? [] : [0x1a]))
    }
    let module = try Module(
      decoding: SmallModule(functions: [SmallModule.Function(code: [])] + functions, pages: pages).bytes)
    return try FullProgramCompiler().compile(module)
  }

  @Test(arguments: [(1, 0), (1024, 0), (1024, 1), (1, 0xffff_ffff)])
  func accessesAtTheEndOfMemory(_ pages: Int, _ offset: Int) throws {
    let compiled = try Self.module(pages: pages, offset: offset)
    let size = pages << 16
    for engine in [EngineChoice.plan, .compiled] + (Self.isLong ? [.dense] : []) {
      var instance = ModuleInstance(
        compiled, on: try TransformerTrace(behind: compiled.program, on: FullProfileTests.executor(engine)))
      #expect(try instance.instantiate() == .returned([]))
      for (number, access) in Self.accesses.enumerated() {
        let last = size - access.width - offset
        for address in [last - 1, last, last + 1, size, -1, Int(Int32.min)] where address >= Int(Int32.min) {
          let isInside = (0...size - access.width).contains(Int(UInt32(truncatingIfNeeded: address)) + offset)
          let outcome = try instance.call(
            Name("\(number + 2)"), [.i32(Int32(truncatingIfNeeded: address))], limit: 1000)
          #expect(
            outcome == (isInside ? .returned([]) : .trapped(.outOfBoundsMemoryAccess)),
            "\(engine), opcode \(String(access.code, radix: 16)), address \(address) + \(offset), \(pages) pages")
        }
      }
    }
  }
}
