import Engine
import Testing

/// Instructions as bytes, against what LLVM's assembler makes of them (`llvm-mc -triple=x86_64 -show-encoding`).
@Suite struct EncodingTests {
  private static func expect(_ bytes: [UInt8], _ write: (inout Assembler) -> Void) {
    var assembler = Assembler()
    write(&assembler)
    #expect(assembler.bytes == bytes)
  }

  @Test func instructionsOnNumbers() {
    Self.expect([0xF2, 0x0F, 0x10, 0x47, 0x08]) { $0.load(.xmm0, .at(.rdi, 8)) }
    Self.expect([0xF2, 0x45, 0x0F, 0x10, 0x8C, 0x24, 0x78, 0x56, 0x34, 0x12]) {
      $0.load(.xmm9, .at(.r12, 0x1234_5678))
    }
    Self.expect([0xF2, 0x44, 0x0F, 0x11, 0x7C, 0x24, 0x80]) { $0.store(.xmm15, .at(.rsp, -128)) }
    Self.expect([0xF2, 0x41, 0x0F, 0x11, 0x8D, 0x80, 0, 0, 0]) { $0.store(.xmm1, .at(.r13, 128)) }
    Self.expect([0xF2, 0x0F, 0x10, 0x1D, 0, 0, 0, 0]) { $0.load(.xmm3, .data($0.data.constant(1))) }
    Self.expect([0x66, 0x41, 0x0F, 0x28, 0xD2]) { $0.move(.xmm2, .xmm10) }
    Self.expect([0x66, 0x45, 0x0F, 0x57, 0xE4]) { $0.clear(.xmm12) }
    Self.expect([0xF2, 0x0F, 0x58, 0x64, 0xCB, 0x10]) { $0.add(.xmm4, .element(.rbx, 16, index: .rcx, scale: .eight)) }
    Self.expect([0xF2, 0x0F, 0x58, 0xC1]) { $0.add(.xmm0, .xmm1) }
    Self.expect([0xF2, 0x47, 0x0F, 0x5C, 0x44, 0x0C, 0x08]) {
      $0.subtract(.xmm8, .element(.r12, 8, index: .r9, scale: .one))
    }
    Self.expect([0xF2, 0x0F, 0x59, 0x6D, 0x08]) { $0.multiply(.xmm5, .at(.rbp, 8)) }
    Self.expect([0xF2, 0x41, 0x0F, 0x59, 0xF5]) { $0.multiply(.xmm6, .xmm13) }
    Self.expect([0xF2, 0x0F, 0x5F, 0x78, 0x08]) { $0.maximum(.xmm7, .at(.rax, 8)) }
    Self.expect([0x66, 0x0F, 0x2E, 0x78, 0x08]) { $0.compare(.xmm7, .at(.rax, 8)) }
    Self.expect([0x66, 0x44, 0x0F, 0x2E, 0xDA]) { $0.compare(.xmm11, .xmm2) }
    Self.expect([0x66, 0x0F, 0x57, 0xC9, 0xF2, 0x49, 0x0F, 0x2A, 0xCE]) { $0.convert(.xmm1, .r14) }
    Self.expect([0xF2, 0x49, 0x0F, 0x2C, 0xC1]) { $0.truncate(.rax, .xmm9) }
  }

  @Test func instructionsOnIntegers() {
    Self.expect([0x4C, 0x8B, 0xFE]) { $0.move(.r15, .rsi) }
    Self.expect([0x49, 0x8B, 0x5C, 0x24, 0x08]) { $0.load(.rbx, .at(.r12, 8)) }
    Self.expect([0x48, 0xC7, 0xC0, 0xFE, 0xFF, 0xFF, 0xFF]) { $0.load(.rax, -2) }
    Self.expect([0x49, 0xC7, 0xC0, 0x78, 0x56, 0x34, 0x12]) { $0.load(.r8, 0x1234_5678) }
    Self.expect([0x48, 0x63, 0x54, 0x81, 0x04]) { $0.loadSigned32(.rdx, .element(.rcx, 4, index: .rax, scale: .four)) }
    Self.expect([0x4E, 0x0F, 0xB7, 0x4C, 0x51, 0x02]) {
      $0.loadUnsigned16(.r9, .element(.rcx, 2, index: .r10, scale: .two))
    }
    Self.expect([0x49, 0x8D, 0x75, 0x40]) { $0.loadAddress(.rsi, .at(.r13, 64)) }
    Self.expect([0x48, 0x03, 0x54, 0x24, 0x08]) { $0.add(.rdx, .at(.rsp, 8)) }
    Self.expect([0x48, 0x03, 0xE9]) { $0.add(.rbp, .rcx) }
    Self.expect([0x48, 0x81, 0xC7, 0xE8, 0x03, 0, 0]) { $0.add(.rdi, 1000) }
    Self.expect([0x49, 0x81, 0xFB, 0xFF, 0xFF, 0xFF, 0xFF]) { $0.compare(.r11, -1) }
    Self.expect([0x4D, 0x85, 0xC9]) { $0.test(.r9) }
    Self.expect([0x4D, 0x69, 0xEE, 0x68, 0, 0, 0]) { $0.multiply(.r13, .r14, 104) }
    Self.expect([0x53]) { $0.push(.rbx) }
    Self.expect([0x41, 0x54]) { $0.push(.r12) }
    Self.expect([0x41, 0x5E]) { $0.pop(.r14) }
    Self.expect([0x41, 0xFF, 0x54, 0x24, 0x40]) { $0.call(.at(.r12, 64)) }
    Self.expect([0xC3]) { $0.returnToCaller() }
  }

  /// A jump back over 3 bytes, one forward over none, and a constant 16 bytes before the code.
  @Test func distancesAreCountedFromBehindThem() {
    var assembler = Assembler()
    let (start, end) = (assembler.makeLabel(), assembler.makeLabel())
    assembler.place(start)
    assembler.add(.rbp, .rcx)
    assembler.jump(to: start)
    assembler.jump(to: end, if: .parity)
    assembler.place(end)
    _ = assembler.data.constant(1)
    assembler.load(.xmm3, .data(assembler.data.constant(2)))
    #expect(
      assembler.linked(distanceToData: -24) == [
        0x48, 0x03, 0xE9, 0xE9, 0xF8, 0xFF, 0xFF, 0xFF, 0x0F, 0x8A, 0, 0, 0, 0, 0xF2, 0x0F, 0x10, 0x1D, 0xDA, 0xFF,
        0xFF, 0xFF,
      ])
  }

  @Test func dataAreKeptOnceAndAligned() {
    var data = DataSection()
    #expect(data.table([UInt8(7)]) == 0)
    #expect(data.constant(0.5) == 8)
    #expect(data.constant(-0.0) == 16)
    #expect(data.constant(0.0) == 24)
    #expect(data.constant(0.5) == 8)
    #expect(data.table([UInt16(1), 2]) == 32)
    #expect(data.bytes.count == 36)
  }
}
