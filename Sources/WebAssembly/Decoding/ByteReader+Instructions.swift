extension ByteReader {
  /// Reads the instructions of a function body or constant expression up to the `end` that closes it, which is the last
  /// one returned.
  ///
  /// Open constructs are counted on a list, so that nesting as deep as the file is long does no harm.
  mutating func expression() throws(DecodingError) -> [Instruction] {
    var instructions: [Instruction] = []
    var acceptsElse = [false]
    while let innermost = acceptsElse.last {
      let instruction = try instruction()
      switch instruction.operation {
      case .block, .loop: acceptsElse.append(false)
      case .if: acceptsElse.append(true)
      case .else:
        guard innermost else {
          throw error(.endOpcode, at: instruction.offset, expected: "end (0x0b), since no if is open")
        }
        acceptsElse[acceptsElse.count - 1] = false
      case .end: acceptsElse.removeLast()
      default: break
      }
      instructions.append(instruction)
    }
    return instructions
  }

  /// Reads one instruction.
  private mutating func instruction() throws(DecodingError) -> Instruction {
    let start = position
    let opcode = try byte("an instruction or the end of the expression")
    if opcode != OpcodeTable.prefix, let immediates = OpcodeTable.plain[UInt32(opcode)] {
      return Instruction(try operation(immediates), offset: start)
    }
    guard opcode == OpcodeTable.prefix else {
      throw error(.illegalOpcode, at: start, expected: "an instruction instead of 0x\(String(opcode, radix: 16))")
    }
    let code = try u32("the opcode after 0xfc")
    guard let immediates = OpcodeTable.prefixed[code] else {
      throw error(.illegalOpcode, at: start, expected: "an instruction instead of 0xfc \(code)")
    }
    return Instruction(try operation(immediates), offset: start)
  }

  /// Reads `immediates` and makes the operation of them.
  private mutating func operation(_ immediates: OpcodeTable.Immediates) throws(DecodingError) -> Operation {
    switch immediates {
    case .none(let operation): return operation
    case .zeroFlags(let count, let operation):
      for _ in 0..<count { try zeroFlag("0x00, the index of a memory or table, after \(operation.name)") }
      return operation
    case .index(let make): return make(try u32("the index of \(make(0).name)"))
    case .indexAndZeroFlag(let make):
      let operation = make(try u32("the index of \(make(0).name)"))
      try zeroFlag("0x00, the index of a memory or table, after \(operation.name)")
      return operation
    case .blockType(let make): return make(try blockType())
    case .branchTable(let make):
      let labels = try indices(of: "labels of br_table")
      return make(BranchTable(labels: labels, defaultLabel: try u32("the default label of br_table")))
    case .memoryArgument(let make):
      let alignment = try u32("the alignment of a memory access")
      return make(MemoryArgument(alignment: alignment, offset: try u32("the offset of a memory access")))
    case .i32(let make): return make(Int32(truncatingIfNeeded: try signed(bits: 32, "the constant of i32.const")))
    case .i64(let make): return make(try signed(bits: 64, "the constant of i64.const"))
    case .f32(let make): return make(UInt32(truncatingIfNeeded: try littleEndian(4, "the constant of f32.const")))
    case .f64(let make): return make(try littleEndian(8, "the constant of f64.const"))
    }
  }
}
