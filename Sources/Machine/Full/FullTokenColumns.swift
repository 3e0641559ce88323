import Graph
import InstructionSet

/// The columns of the full machine's embedding: what a token brings into the residual stream.
struct FullTokenColumns {
  /// Columns whose meaning depends on the kind of the token: bytes speak of themselves in them, ends of instructions also of
  /// where their value is, and opcodes of what the datapath is to do.
  ///
  /// The numbers of opcodes take the first columns. Those from `own` on are 0 for opcodes, so that nothing is made of large ones.
  enum Payload: Int, CaseIterable {
    /// The value of a byte and its bits, the lowest first.
    case byte, bit0, bit1, bit2, bit3, bit4, bit5, bit6, bit7
    /// How many zero bits the byte begins and ends with, 8 for 0.
    case leadingZeros, trailingZeros
    /// The byte as a distance of shifting: 2 to the power of its lowest three bits, and the number of whole bytes.
    case power, wholeBytes
    /// 1 for a byte with a mark, and for a trap.
    case mark
    /// The value of a byte that is not the last of an instruction.
    case innerByte
    /// How many bytes of a value come before the one that ends with this token.
    case bytesBefore
    /// 1 where the value is that of a slot counted from the bottom.
    case globalReference
    /// 1 where a value's bytes end with this token.
    case own
    /// 1 where the value is the small one of this byte.
    case small
    /// 1 where the value is the immediate of the instruction that ended, or stands where the immediate says.
    case constant, wideConstant
    /// 1 where the value is that of a slot.
    case reference
    /// 1 where the value goes to a slot that the immediate names, and where that is counted from the bottom.
    case slotWrite, globalWrite
    /// 1 for a byte of memory that no instruction writes, −1 for a token that is no byte of memory, wherever it stands.
    case data
  }

  /// 0 for the tokens after which byte indices start again, 1 for others.
  let continuation: Expression
  /// 1 for tokens that end an instruction.
  let retirement: Expression
  /// The change of the operand stack's depth.
  let stackEffect: Expression
  /// 0 for jumps, 1 for others.
  let noJump: Expression
  /// 0 for tokens that write a slot, 1 for others.
  let noWrite: Expression
  /// 0 for tokens that write a slot by bytes or a constant, 1 for others.
  let noSource: Expression
  /// 0 for tokens that set memory's size, 1 for others.
  let noMemorySize: Expression
  /// 0 for the ends of addresses of data, 1 for others.
  let noDataAddress: Expression
  /// 0 for the token behind which the prologue is written, 1 for others; zero for a machine that writes none.
  let noPrologue: Expression
  private let payload: [Expression]

  init(_ builder: inout GraphBuilder, _ mode: Vocabulary.Mode) {
    continuation = builder.input("continuation")
    retirement = builder.input("retirement")
    stackEffect = builder.input("stack_effect")
    noJump = builder.input("no_jump")
    noWrite = builder.input("no_write")
    noSource = builder.input("no_source")
    noMemorySize = builder.input("no_memory_size")
    noDataAddress = builder.input("no_data_address")
    noPrologue = mode == .specialized ? builder.input("no_prologue") : .zero
    payload = Payload.allCases.map { builder.input("payload.\($0)") }
  }

  subscript(column: Payload) -> Expression { payload[column.rawValue] }

  /// Where an opcode's signal stands.
  subscript(signal: ControlWord.Signal) -> Expression { payload[signal.rawValue] }

  /// The bits of a byte, the lowest first.
  var bits: [Expression] { Array(payload[Payload.bit0.rawValue...Payload.bit7.rawValue]) }

  /// The values of the columns for one token.
  func embedding(of token: FullToken) -> [Dimension: Double] {
    var values = ColumnValues()
    if token == .programStart { return [:] }
    values[stackEffect] = Double(token.stackEffect)
    for column in [continuation, noJump, noWrite, noSource, noMemorySize, noDataAddress, noPrologue] {
      values[column] = 1
    }
    switch token {
    case .byte(let value, let marked):
      set(value, &values)
      values[self[.innerByte]] = Double(value)
      values[self[.mark]] = marked ? 1 : 0
    case .last(let value, let ending, _):
      set(value, &values)
      values[continuation] = 0
      values[retirement] = 1
      values[self[.data]] = ending == .store ? 0 : -1
      set(ending, &values)
    case .hostValue(let value, let width):
      set(value, &values)
      values[continuation] = 0
      values[self[.data]] = -1
      setPush(width, &values)
    case .dataAddress(let value):
      set(value, &values)
      values[noDataAddress] = 0
      values[self[.data]] = -1
    case .data(let value):
      set(value, &values)
      values[self[.data]] = 1
    case .event(let event):
      values[continuation] = 0
      values[retirement] = 1
      values[self[.data]] = -1
      set(event, &values)
    case .instruction(let opcode):
      let word = ControlWord(opcode.description)
      for signal in ControlWord.Signal.allCases { values[self[signal]] = word[signal] }
    case .programEnd: values[noPrologue] = 0
    case .programStart: break
    }
    return values.byDimension
  }

  private func set(_ byte: UInt8, _ values: inout ColumnValues) {
    values[self[.byte]] = Double(byte)
    for (index, bit) in bits.enumerated() { values[bit] = Double(byte >> UInt8(index) & 1) }
    values[self[.leadingZeros]] = Double(byte.leadingZeroBitCount)
    values[self[.trailingZeros]] = Double(byte.trailingZeroBitCount)
    values[self[.power]] = Double(1 << (byte & 7))
    values[self[.wholeBytes]] = Double(byte >> 3)
  }

  private func set(_ ending: FullToken.LastByte, _ values: inout ColumnValues) {
    switch ending {
    case .push(let width, _): setPush(width, &values)
    case .small:
      values[noWrite] = 0
      values[noSource] = 0
      values[self[.small]] = 1
    case .setLocal(let width), .teeLocal(let width), .setGlobal(let width):
      setPush(width, &values)
      values[self[.slotWrite]] = 1
    case .setMemorySize:
      setPush(.word, &values)
      values[self[.slotWrite]] = 1
      values[noMemorySize] = 0
    case .jump: values[noJump] = 0
    case .store, .target, .output: break
    }
    switch ending {
    case .setGlobal, .setMemorySize: values[self[.globalWrite]] = 1
    default: break
    }
  }

  private func set(_ event: FullToken.Event, _ values: inout ColumnValues) {
    switch event {
    case .constant, .wideConstant:
      values[noWrite] = 0
      values[noSource] = 0
      values[self[event == .constant ? .constant : .wideConstant]] = 1
    case .local, .global:
      values[noWrite] = 0
      values[self[.reference]] = 1
      values[self[.globalReference]] = event == .global ? 1 : 0
    case .trap: values[self[.mark]] = 1
    case .pop, .enter, .host, .halt: break
    }
  }

  /// A value whose bytes end here.
  private func setPush(_ width: FullToken.ValueWidth, _ values: inout ColumnValues) {
    values[noWrite] = 0
    values[noSource] = 0
    values[self[.own]] = 1
    values[self[.bytesBefore]] = Double(width.rawValue - 1)
  }
}

/// The values of columns, by the columns themselves.
private struct ColumnValues {
  private var values: [Dimension: Double] = [:]

  subscript(column: Expression) -> Double {
    get { column.dimensions.first.flatMap { values[$0] } ?? 0 }
    set { if let dimension = column.dimensions.first { values[dimension] = newValue } }
  }

  var byDimension: [Dimension: Double] { values.filter { $0.value != 0 } }
}
