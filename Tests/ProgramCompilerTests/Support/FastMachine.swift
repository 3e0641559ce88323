import InstructionSet

/// A fast interpreter of the base opcodes that counts tokens instead of emitting them.
///
/// `Reference` is the authority; a test holds the two together.
struct FastMachine {
  enum Ending: Equatable {
    case halted, outOfFuel
    /// Something that the base profile does not define.
    case fault
  }

  var memory: [UInt8]
  private(set) var output: [UInt8] = []
  /// Tokens of all instructions executed.
  private(set) var tokens = 0
  /// Tokens before the first `i32.load`: those of the initialisation, which loads nothing.
  private(set) var tokensBeforeLoading = 0

  private var stack: [UInt32] = []
  private var locals: [UInt32] = []
  private var calls: [UInt32] = []
  private var cursor = 0

  init(memoryBytes: Int) {
    memory = Array(repeating: 0, count: memoryBytes)
  }

  /// Runs a program from its first instruction, in the memory as it is.
  mutating func run(_ program: Program, fuel: Int = 10_000_000) -> Ending {
    (tokens, tokensBeforeLoading, output, stack, calls) = (0, -1, [], [], [])
    locals = Array(repeating: 0xDEAD_BEEF, count: 64)
    cursor = 0
    if program.instructions[0].opcode == .inputBase {
      let base = Int(program.instructions[0].immediate)
      for (offset, byte) in ((program.input ?? []) + [0]).enumerated() { memory[base + offset] = byte }
      cursor = 1
    }
    for _ in 0..<fuel {
      guard cursor < program.instructions.count else { return .fault }
      let instruction = program.instructions[cursor]
      if instruction.opcode == .halt {
        tokens += 1
        return .halted
      }
      cursor += 1
      guard step(instruction) else { return .fault }
    }
    return .outOfFuel
  }

  private mutating func step(_ instruction: Instruction) -> Bool {
    let immediate = instruction.immediate
    guard stack.count >= instruction.opcode.description.operandCount else { return false }
    tokens += 5
    switch instruction.opcode {
    case .const: stack.append(immediate)
    case .localGet: stack.append(locals[calls.count * 64 + Int(immediate)])
    case .localSet: locals[calls.count * 64 + Int(immediate)] = stack.removeLast()
    case .localTee: locals[calls.count * 64 + Int(immediate)] = stack[stack.count - 1]
    case .add: binary { $0 &+ $1 }
    case .sub: binary { $0 &- $1 }
    case .eqz: stack.append(stack.removeLast() == 0 ? 1 : 0)
    case .eq: binary { $0 == $1 ? 1 : 0 }
    case .ne: binary { $0 != $1 ? 1 : 0 }
    case .ltUnsigned: binary { $0 < $1 ? 1 : 0 }
    case .gtUnsigned: binary { $0 > $1 ? 1 : 0 }
    case .leUnsigned: binary { $0 <= $1 ? 1 : 0 }
    case .geUnsigned: binary { $0 >= $1 ? 1 : 0 }
    case .ltSigned: binary { Int32(bitPattern: $0) < Int32(bitPattern: $1) ? 1 : 0 }
    case .gtSigned: binary { Int32(bitPattern: $0) > Int32(bitPattern: $1) ? 1 : 0 }
    case .leSigned: binary { Int32(bitPattern: $0) <= Int32(bitPattern: $1) ? 1 : 0 }
    case .geSigned: binary { Int32(bitPattern: $0) >= Int32(bitPattern: $1) ? 1 : 0 }
    case .select:
      let condition = stack.removeLast()
      let second = stack.removeLast()
      if condition == 0 { stack[stack.count - 1] = second }
    case .drop, .globalSet:
      stack.removeLast()
      tokens -= 4
    case .globalGet: stack.append(0)
    case .output:
      output.append(UInt8(truncatingIfNeeded: stack.removeLast()))
      tokens -= 4
    default: return instruction.opcode.description.immediate == .jump ? jump(instruction) : access(instruction)
    }
    return true
  }

  private mutating func binary(_ operation: (UInt32, UInt32) -> UInt32) {
    let right = stack.removeLast()
    stack[stack.count - 1] = operation(stack[stack.count - 1], right)
  }

  private mutating func jump(_ instruction: Instruction) -> Bool {
    tokens += 1
    var offset = instruction.immediate
    switch instruction.opcode {
    case .br: break
    case .brIf:
      if stack.removeLast() == 0 {
        tokens -= 5
        return true
      }
    case .call:
      calls.append(offset)
      if locals.count < (calls.count + 1) * 64 { locals += Array(repeating: 0xDEAD_BEEF, count: 64) }
    default:
      guard let call = calls.popLast() else { return false }
      offset &-= call
    }
    cursor += Int(Int32(bitPattern: offset))
    return cursor >= 0
  }

  private mutating func access(_ instruction: Instruction) -> Bool {
    if tokensBeforeLoading < 0, instruction.opcode == .load { tokensBeforeLoading = tokens - 5 }
    let isStore = instruction.opcode.description.store == .memory
    let value = isStore ? stack.removeLast() : 0
    let address = Int(stack.removeLast()) + Int(instruction.immediate)
    guard address + 4 <= memory.count else { return false }
    switch instruction.opcode {
    case .store8:
      store(value, at: address, byteCount: 1)
      tokens -= 3
    case .store16:
      store(value, at: address, byteCount: 2)
      tokens -= 2
    case .store: store(value, at: address, byteCount: 4)
    case .load8Unsigned: stack.append(load(address, byteCount: 1))
    case .load16Unsigned: stack.append(load(address, byteCount: 2))
    case .load: stack.append(load(address, byteCount: 4))
    case .load8Signed: stack.append(UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: load(address, byteCount: 1)))))
    case .load16Signed: stack.append(UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: load(address, byteCount: 2)))))
    default: return false
    }
    return true
  }

  func load(_ address: Int, byteCount: Int) -> UInt32 {
    var value: UInt32 = 0
    for byte in (0..<byteCount).reversed() { value = value << 8 | UInt32(memory[address + byte]) }
    return value
  }

  mutating func store(_ value: UInt32, at address: Int, byteCount: Int) {
    for byte in 0..<byteCount { memory[address + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte)) }
  }
}
