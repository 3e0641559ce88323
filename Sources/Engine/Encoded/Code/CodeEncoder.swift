import Transformer

/// Encodes a program as machine code: one function that reads one token, without loops, a `CompiledCode.Step`.
///
/// It computes what `CodeWriter` writes as C, in the same order, so that every number is the same, but for the sign of a zero. Every
/// register has its place in the state's memory, what the processor has for registers holds a sum while it is added up. Heads are functions
/// that the code calls.
struct CodeEncoder {
  let program: SparseProgram
  let common: CommonProgram
  let outputHead: SparseOutputHead
  var assembler = Assembler()
  /// What is seldom executed and stands behind everything else.
  private var detours: [(inout CodeEncoder) -> Void] = []

  // What functions called by the code leave alone.
  static let registers = GeneralRegister.rbx  // [registers]
  static let selected = GeneralRegister.rbp  // [columns], of the selected token
  static let state = GeneralRegister.r12
  static let stored = GeneralRegister.r13  // [columns], of this position
  static let position = GeneralRegister.r14
  private static let kept = [registers, selected, state, stored, position]

  static func code(of model: PlannedModel) -> Assembler {
    var encoder = CodeEncoder(program: model.program, common: model.common, outputHead: model.outputHead)
    encoder.encode()
    return encoder.assembler
  }

  private init(program: SparseProgram, common: CommonProgram, outputHead: SparseOutputHead) {
    self.program = program
    self.common = common
    self.outputHead = outputHead
  }

  private mutating func encode() {
    let end = assembler.makeLabel()
    let declined = assembler.makeLabel()
    for register in Self.kept { assembler.push(register) }
    encodeBeginning(declined)
    for level in program.levels.indices { encodeLevel(level) }
    encodeOutputHead(end)
    assembler.place(declined)
    assembler.load(.rax, Int32(CompiledCode.declined))
    assembler.place(end)
    for register in Self.kept.reversed() { assembler.pop(register) }
    assembler.returnToCaller()
    for detour in detours { detour(&self) }
  }

  /// Keeps the arguments, and gives the first registers their numbers.
  private mutating func encodeBeginning(_ declined: Assembler.Label) {
    assembler.move(Self.state, .rdi)
    assembler.move(Self.position, .rdx)
    assembler.load(Self.registers, field(\.registers))
    assembler.store(.xmm0, place(Register.inverseLog.index))
    assembler.convert(.xmm0, Self.position)
    assembler.store(.xmm0, place(Register.position.index))
    assembler.multiply(.xmm0, .xmm0)
    assembler.store(.xmm0, place(Register.square.index))
    if !program.columns.isEmpty {
      assembler.multiply(Self.stored, Self.position, byteCount(program.columns.count))
      assembler.add(Self.stored, field(\.stored))
    }
    assembler.multiply(.rax, .rsi, byteCount(program.embeddingColumns))
    assembler.add(.rax, field(\.embedding))
    let constants = program.constants
    for column in 0..<program.embeddingColumns {
      let register = SparseProgram.firstEmbeddingRegister + column
      assembler.load(.xmm0, .at(.rax, byteCount(column)))
      if let constant = constants[register] {
        jumpUnlessEqual(.xmm0, address(.constant(constant)), to: declined)
      } else {
        assembler.store(.xmm0, place(register))
      }
    }
  }

  private mutating func encodeLevel(_ number: Int) {
    let level = program.levels[number]
    for function in level.functions { encodeFunction(function) }
    for (destination, operation) in common.levels[number] { encode(operation, destination) }
    for column in level.columns {
      copy(program.columns[column], to: .at(Self.stored, byteCount(column)))
    }
    for hull in level.insertions { encodeInsertion(hull) }
    for line in level.lines { encodeLine(line) }
    for gather in level.gathers { encodeGather(gather) }
    for search in level.searches { encodeSearch(search) }
  }
}

// What the parts have in common.
extension CodeEncoder {
  /// The size of so many numbers.
  func byteCount(_ count: some BinaryInteger) -> Int32 {
    Int32(truncatingIfNeeded: count) * Int32(MemoryLayout<Double>.size)
  }

  /// A field of the state.
  func field<Value>(_ field: KeyPath<RunState, Value>) -> Address {
    .at(Self.state, Self.offset(of: field))
  }

  /// The distance of a stored property from its structure's beginning.
  static func offset<Root, Value>(of property: KeyPath<Root, Value>) -> Int32 {
    // Stored properties all have one.
    Int32(MemoryLayout<Root>.offset(of: property) ?? 0)
  }

  /// Where the number of a register is that the code computes.
  func place(_ register: Int) -> Address {
    .at(Self.registers, byteCount(register))
  }

  /// Where a register's number is found.
  mutating func address(_ register: some BinaryInteger) -> Address {
    address(common.operand(register))
  }

  mutating func address(_ operand: CommonProgram.Operand) -> Address {
    switch operand {
    case .constant(let number): .data(assembler.data.constant(number))
    case .register(let register): place(register)
    case .column(let column): .at(Self.selected, byteCount(column))
    }
  }

  /// Writes a register's number to another place.
  mutating func copy(_ register: Int, to place: Address) {
    let address = address(register)
    if address == place { return }
    assembler.load(.xmm0, address)
    assembler.store(.xmm0, place)
  }

  /// Jumps if two numbers differ or one of them is NaN.
  mutating func jumpUnlessEqual(_ register: VectorRegister, _ address: Address, to label: Assembler.Label) {
    assembler.compare(register, address)
    assembler.jump(to: label, if: .notEqual)
    assembler.jump(to: label, if: .parity)
  }

  /// Encodes something behind everything else that ends by going back to here.
  mutating func addDetour(at label: Assembler.Label, _ encode: @escaping (inout CodeEncoder) -> Void) {
    let back = assembler.makeLabel()
    assembler.place(back)
    detours.append { encoder in
      encoder.assembler.place(label)
      encode(&encoder)
      encoder.assembler.jump(to: back)
    }
  }

  /// Loads registers' numbers as the arguments of a function.
  mutating func load(_ numbers: [Int]) {
    for (argument, register) in zip(VectorRegister.allCases, numbers) { assembler.load(argument, address(register)) }
  }

  /// Calls a function with registers' numbers; its other arguments are loaded before.
  mutating func call(_ function: UInt, _ numbers: [Int]) {
    load(numbers)
    assembler.call(.data(assembler.data.word(UInt64(function))))
  }
}
