import Testing
import WebAssembly

/// The specification's list of opcodes, kept apart from the module's own table.
private struct OpcodeList {
  /// Bytes after the opcode, and how the text format shows them.
  enum Immediates {
    case none
    case bytes([UInt8], text: String)
  }

  var entries: [(code: [UInt8], name: String, immediates: Immediates)] = []

  /// Adds the opcodes from `first` on, one for each of `names`.
  mutating func add(
    _ first: UInt8, after prefix: [UInt8] = [], _ names: String, _ bytes: [UInt8] = [], _ text: String = ""
  ) {
    for (step, name) in names.split(separator: " ").enumerated() {
      let immediates = bytes.isEmpty ? Immediates.none : .bytes(bytes, text: text)
      entries.append((prefix + [first + UInt8(step)], String(name), immediates))
    }
  }

  /// The list without the instructions of structured control.
  static let plain: OpcodeList = {
    var list = OpcodeList()
    list.add(0x00, "unreachable nop")
    list.add(0x0C, "br br_if", [0x85, 0x01], " 133")
    list.add(0x0E, "br_table", [0x02, 0x00, 0x07, 0x80, 0x01], " 0 7 128")
    list.add(0x0F, "return")
    list.add(0x10, "call", [0x03], " 3")
    list.add(0x11, "call_indirect", [0x04, 0x00], " (type 4)")
    list.add(0x1A, "drop select")
    list.add(0x20, "local.get local.set local.tee global.get global.set", [0x80, 0x02], " 256")
    list.add(
      0x28,
      """
      i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u i64.load8_s i64.load8_u \
      i64.load16_s i64.load16_u i64.load32_s i64.load32_u i32.store i64.store f32.store f64.store i32.store8 \
      i32.store16 i64.store8 i64.store16 i64.store32
      """, [0x01, 0x90, 0x01], " offset=144 align=2")
    list.add(0x3F, "memory.size memory.grow", [0x00])
    list.add(0x41, "i32.const i64.const", [0xFF, 0x7E], " -129")
    list.add(0x43, "f32.const", [0x00, 0x00, 0xC0, 0xBF], " -1.5")
    list.add(0x44, "f64.const", [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xE0, 0x3F], " 0.5")
    list.add(
      0x45,
      """
      i32.eqz i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u i64.eqz i64.eq \
      i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u f32.eq f32.ne f32.lt f32.gt \
      f32.le f32.ge f64.eq f64.ne f64.lt f64.gt f64.le f64.ge
      """)
    list.add(
      0x67,
      """
      i32.clz i32.ctz i32.popcnt i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u i32.and i32.or \
      i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr
      """)
    list.add(
      0x79,
      """
      i64.clz i64.ctz i64.popcnt i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u i64.and i64.or \
      i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr
      """)
    list.add(
      0x8B,
      """
      f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt f32.add f32.sub f32.mul f32.div f32.min \
      f32.max f32.copysign f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt f64.add f64.sub f64.mul \
      f64.div f64.min f64.max f64.copysign
      """)
    list.add(
      0xA7,
      """
      i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u i64.extend_i32_s i64.extend_i32_u \
      i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u f32.convert_i32_s f32.convert_i32_u \
      f32.convert_i64_s f32.convert_i64_u f32.demote_f64 f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s \
      f64.convert_i64_u f64.promote_f32 i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 \
      f64.reinterpret_i64 i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s
      """)
    list.add(
      0x00, after: [0xFC],
      """
      i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u i64.trunc_sat_f32_s \
      i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u
      """)
    list.add(0x08, after: [0xFC], "memory.init", [0x81, 0x01, 0x00], " 129")
    list.add(0x09, after: [0xFC], "data.drop", [0x07], " 7")
    list.add(0x0A, after: [0xFC], "memory.copy", [0x00, 0x00])
    list.add(0x0B, after: [0xFC], "memory.fill", [0x00])
    list.add(0x0C, after: [0xFC], "table.init", [0x05, 0x00], " 5")
    list.add(0x0D, after: [0xFC], "elem.drop", [0x06], " 6")
    list.add(0x0E, after: [0xFC], "table.copy", [0x00, 0x00])
    return list
  }()
}

@Suite("Instructions")
struct InstructionTests {
  private static let structured: [UInt8] = [0x02, 0x03, 0x04, 0x05, 0x0B]

  @Test("Every opcode of the specification is decoded with its immediates")
  func everyOpcode() throws {
    for entry in OpcodeList.plain.entries {
      var bytes = entry.code
      var text = entry.name
      if case .bytes(let immediates, let shown) = entry.immediates {
        bytes += immediates
        text += shown
      }
      // The nop shows that the immediates end where they should.
      let body = try decodedBody(ModuleBytes.module(around: bytes + [0x01]))
      #expect(body.map(\.description) == [text, "nop", "end"])
      #expect(body.first?.name == entry.name)
      #expect(body.map { $0.offset - ModuleBytes.firstInstruction } == [0, bytes.count, bytes.count + 1])
    }
  }

  @Test("Every other opcode is illegal")
  func illegalOpcodes() {
    let listed = Set(OpcodeList.plain.entries.map(\.code))
    for byte in UInt8.min...UInt8.max where !listed.contains([byte]) && !Self.structured.contains(byte) && byte != 0xFC
    {
      expectMalformed(
        ModuleBytes.module(around: [byte, 0, 0, 0]), .illegalOpcode, at: ModuleBytes.firstInstruction)
    }
    for code in UInt64(0)..<600 where code > 255 || !listed.contains([0xFC, UInt8(code)]) {
      let bytes = ModuleBytes.module(around: [0xFC] + ModuleBytes.unsigned(code) + [0, 0, 0])
      expectMalformed(bytes, .illegalOpcode, at: ModuleBytes.firstInstruction)
    }
  }

  @Test("Every instruction misses each of its last bytes")
  func truncated() {
    for entry in OpcodeList.plain.entries {
      guard case .bytes(let immediates, _) = entry.immediates else { continue }
      for count in 0..<immediates.count {
        let contents = [0x00] + entry.code + immediates.prefix(count)
        let bytes = ModuleBytes.module(
          ModuleBytes.section(1, of: [[0x60, 0x00, 0x00]]), ModuleBytes.section(3, of: [[0x00]]),
          ModuleBytes.section(12, [0x00]), ModuleBytes.section(10, of: [ModuleBytes.sized(contents)]))
        expectMalformed(bytes, .unexpectedEndOfSection, at: bytes.count)
      }
    }
  }

  @Test("The code after the prefix byte may be padded like every index")
  func paddedPrefixedOpcode() throws {
    for width in 1...5 {
      let body = try decodedBody(ModuleBytes.module(around: [0xFC] + ModuleBytes.unsigned(7, width: width)))
      #expect(body.first?.operation == .numeric(.i64TruncSatF64U))
    }
  }

  @Test(
    "The byte in the place of an index is one zero byte, not a padded zero",
    arguments: [
      [0x11, 0x00], [0x3F], [0x40], [0xFC, 0x08, 0x00], [0xFC, 0x0A], [0xFC, 0x0A, 0x00], [0xFC, 0x0B],
      [0xFC, 0x0C, 0x00],
      [0xFC, 0x0E], [0xFC, 0x0E, 0x00],
    ] as [[UInt8]])
  func zeroFlags(instruction: [UInt8]) {
    for flag in [[0x01, 0x00], [0x80, 0x00], [0x80, 0x80, 0x80, 0x80, 0x00]] as [[UInt8]] {
      let bytes = ModuleBytes.module(around: instruction + flag)
      expectMalformed(bytes, .zeroFlag, at: ModuleBytes.firstInstruction + instruction.count)
    }
  }

  @Test("Floating-point constants keep every bit")
  func floatingPointBits() throws {
    for bits in [0x7FA0_0001, 0xFFC0_0000, 0x8000_0000, 0x0000_0001, 0x7F80_0000] as [UInt32] {
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
      #expect(
        try decodedBody(ModuleBytes.module(around: [0x43] + bytes)).first?.operation == .f32Const(bitPattern: bits))
    }
    for bits in [0x7FF4_0000_0000_0001, 0xFFF8_0000_0000_0000, 0x8000_0000_0000_0000, 0x0123_4567_89AB_CDEF] as [UInt64]
    {
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
      #expect(
        try decodedBody(ModuleBytes.module(around: [0x44] + bytes)).first?.operation == .f64Const(bitPattern: bits))
    }
    let nan = try decodedBody(ModuleBytes.module(around: [0x43, 0x01, 0x00, 0xA0, 0x7F]))
    #expect(nan.first?.description == "f32.const nan (0x7fa00001)")
  }

  @Test("Raw values name as many operators as the format has opcodes")
  func operatorCounts() {
    #expect(NumericOperator.allCases.count == 0xC4 - 0x45 + 1 + 8)
    #expect(LoadOperator.allCases.count == 0x35 - 0x28 + 1)
    #expect(StoreOperator.allCases.count == 0x3E - 0x36 + 1)
  }
}
