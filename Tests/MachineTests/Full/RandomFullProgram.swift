import InstructionSet
import ProgramGenerator

/// Writes random programs of the full profile, as the interpreter's rules allow them, but for traps at their end.
struct RandomFullProgram {
  private var random: RandomSource
  private var instructions: [FullInstruction] = [.init(.halt)]
  private var wideConstants: [UInt64] = []
  private var stack: [Slot] = []

  private struct Slot {
    let width: FullToken.ValueWidth
    let isReference: Bool
  }

  /// - Parameter length: the number of random steps, each of one to five instructions.
  static func make(seed: UInt64, length: Int = 150) throws(FullProgramError) -> FullProgram {
    var writer = RandomFullProgram(random: RandomSource(seed: seed))
    // Slot 1 is the size of memory; then come two slots of each width.
    writer.emit(.const, 0, pushing: .word)
    writer.emit(.const, 1, pushing: .word)
    writer.emit(.memorySet, 1, popping: 1)
    for _ in 0..<2 {
      writer.pushConstant(.word)
      writer.pushConstant(.wide)
    }
    for _ in 0..<length { writer.writeStep() }
    writer.instructions.append(.init(.halt))
    let data = MemorySegment(address: 60, bytes: (0..<40).map { _ in UInt8(truncatingIfNeeded: writer.random.bits()) })
    return try FullProgram(
      instructions: writer.instructions, wideConstants: writer.wideConstants, data: [data])
  }

  private init(random: RandomSource) {
    self.random = random
  }

  private mutating func writeStep() {
    let width: FullToken.ValueWidth = random.isOnce(in: 2) ? .word : .wide
    switch random.number(in: 0...11) {
    case 0...3: calculate(width)
    case 4: refer()
    case 5: write(width)
    case 6: accessMemory()
    case 7: shift(width)
    case 8: skip()
    case 9 where stack.count > 8: emit(.pop, UInt32(random.number(in: 1...stack.count - 5)))
    case 10: select(width)
    default: pushConstant(width)
    }
  }

  private mutating func emit(
    _ opcode: FullOpcode, _ immediate: UInt32 = 0, popping: Int = 0, pushing: FullToken.ValueWidth? = nil
  ) {
    instructions.append(FullInstruction(opcode, immediate))
    stack.removeLast(opcode == .pop ? Int(immediate) : popping)
    if let pushing { stack.append(Slot(width: pushing, isReference: opcode == .localGet || opcode == .globalGet)) }
  }

  /// Small, large and simple numbers alike.
  private mutating func number() -> UInt64 {
    let bits = random.bits() >> UInt64(random.number(in: 0...63))
    return random.isOnce(in: 3) ? ~bits : bits
  }

  private mutating func pushConstant(_ width: FullToken.ValueWidth) {
    if width == .word { return emit(.const, UInt32(truncatingIfNeeded: number()), pushing: .word) }
    wideConstants.append(number())
    emit(.wideConst, UInt32(wideConstants.count - 1), pushing: .wide)
  }

  /// Pushes constants until the top operands have the widths, the lowest first.
  private mutating func require(_ widths: [FullToken.ValueWidth]) {
    let isThere = stack.count >= 5 + widths.count && stack.suffix(widths.count).map(\.width) == widths
    if !isThere { for width in widths { pushConstant(width) } }
  }

  private mutating func calculate(_ width: FullToken.ValueWidth) {
    let candidates = FullOpcode.allCases.filter { opcode in
      guard case .last(let ending) = opcode.description.ending, opcode != .subFromByte else { return false }
      guard opcode.description.operandWidth == width else { return false }
      return switch (ending, opcode.description.operation) {
      case (.push, .combination), (.push, .product), (.push, .quotient), (.push, .extend), (.small, .comparison),
        (.small, .combination), (.small, .bitCount):
        true
      default: false
      }
    }
    guard let opcode = random.pick(candidates), case .last(let ending) = opcode.description.ending else { return }
    let operand: FullToken.ValueWidth =
      switch opcode {
      case .wrap: .wide
      case .extendSigned, .extendUnsigned: .word
      default: width
      }
    require(Array(repeating: operand, count: opcode.description.operandCount))
    if case .push(let result, _) = ending {
      emit(opcode, popping: opcode.description.operandCount, pushing: result)
    } else {
      emit(opcode, popping: opcode.description.operandCount, pushing: .word)
    }
  }

  private mutating func refer() {
    guard let place = random.pick(stack.indices.filter { !stack[$0].isReference }) else { return }
    let width = stack[place].width
    if random.isOnce(in: 2) {
      emit(.globalGet, UInt32(place + 1), pushing: width)
    } else {
      emit(.localGet, UInt32(bitPattern: Int32(place + 1 - stack.count)), pushing: width)
    }
  }

  /// Writes one of the four slots above the first.
  private mutating func write(_ width: FullToken.ValueWidth) {
    require([width])
    let place = (width == .word ? 1 : 2) + (random.isOnce(in: 2) ? 2 : 0)
    let distance = UInt32(bitPattern: Int32(place + 1 - stack.count))
    switch random.number(in: 0...2) {
    case 0: emit(width == .word ? .globalSet : .wideGlobalSet, UInt32(place + 1), popping: 1)
    case 1: emit(width == .word ? .localSet : .wideLocalSet, distance &+ 1, popping: 1)
    default: emit(width == .word ? .localTee : .wideLocalTee, distance)
    }
  }

  private mutating func accessMemory() {
    let opcodes = FullOpcode.allCases.filter { $0.description.immediate == .offset }
    guard let opcode = random.pick(opcodes) else { return }
    emit(.const, UInt32(random.number(in: 0...100)), pushing: .word)
    let offset = UInt32(random.number(in: 0...20))
    switch opcode.description.ending {
    case .last(.store):
      pushConstant(opcode == .store64 ? .wide : .word)
      emit(opcode, offset, popping: 2)
    case .last(.push(let width, _)): emit(opcode, offset, popping: 1, pushing: width)
    default: emit(opcode, offset, popping: 1, pushing: .word)
    }
  }

  private mutating func shift(_ width: FullToken.ValueWidth) {
    let opcodes = FullOpcode.allCases.filter { opcode in
      if case .shift = opcode.description.operation { opcode.description.operandWidth == width } else { false }
    }
    guard let opcode = random.pick(opcodes) else { return }
    require([width])
    emit(.const, UInt32(random.number(in: 1...8 * width.rawValue - 1)), pushing: .word)
    emit(opcode, popping: 2, pushing: width)
  }

  private mutating func select(_ width: FullToken.ValueWidth) {
    require([width, width])
    if random.isOnce(in: 2) {
      emit(.const, UInt32(random.number(in: 0...1)), pushing: .word)
    } else {
      pushConstant(.word)
    }
    emit(width == .word ? .select : .wideSelect, popping: 3, pushing: nil)
    // Which of the two is there, and whether it is a reference, is not known: no later instruction may refer to it.
    stack.append(Slot(width: width, isReference: true))
  }

  /// A jump over two instructions that leave the stack as it is.
  private mutating func skip() {
    let target = UInt32(instructions.count)
    switch random.number(in: 0...2) {
    case 0: emit(.br, target + 3)
    case 1:
      emit(.const, UInt32(random.number(in: 0...1)), pushing: .word)
      emit(random.isOnce(in: 2) ? .brIf : .brUnless, target + 4, popping: 1)
    default:
      emit(.const, UInt32(random.number(in: 0...3)), pushing: .word)
      emit(.brTable, 1 << 16, popping: 1)
      emit(.label, target + 6)
      emit(.label, target + 4)
    }
    emit(.const, UInt32(random.number(in: 0...255)), pushing: .word)
    emit(.output, popping: 1)
  }
}
