import InstructionSet
import WebAssembly

/// Variables and memory.
extension FunctionCompiler {
  /// Compiles instructions on local and global variables.
  mutating func compileVariable(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    switch instruction.operation {
    case .localGet(let index):
      let place = try local(index, instruction).place
      emitter.emit(.get(place), pushing: 1, bound: bounds[place])
    case .localSet(let index):
      try require(1, instruction)
      let place = try local(index, instruction).place
      bounds[place] = emitter.bound(0)
      emitter.emit(.set(place), popping: 1)
    case .localTee(let index):
      try require(1, instruction)
      let place = try local(index, instruction).place
      bounds[place] = emitter.bound(0)
      emitter.emit(.tee(place), popping: 1, pushing: 1, bound: emitter.bound(0))
    case .globalGet(let index):
      let global = try module.global(index, offset: instruction.offset)
      if global.type.isMutable {
        emitter.emit(.const(addresses.globalAddress(index)), .load, pushing: 1)
      } else {
        emitter.emit(.const(try module.value(of: global.initialValue, offset: global.offset)), pushing: 1)
      }
    case .globalSet(let index):
      guard try module.global(index, offset: instruction.offset).type.isMutable else {
        throw error(.invalid(expected: "a mutable global, not \(index)"), instruction)
      }
      try require(1, instruction)
      emitter.storeTop(at: addresses.globalAddress(index))
    default: break
    }
  }

  /// The first word of a variable, and whether it has two.
  func local(
    _ index: LocalIndex, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) -> (place: UInt32, isDouble: Bool) {
    guard let word = places.word(of: index) else {
      throw error(.invalid(expected: "a local index below \(places.count), not \(index)"), instruction)
    }
    return word
  }

  /// Compiles instructions on memory 0.
  mutating func compileMemory(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    guard !module.memories.isEmpty else { throw error(.invalid(expected: "a memory"), instruction) }
    switch instruction.operation {
    case .load(let load, let argument):
      guard let opcode = Opcode(rawValue: load.rawValue) else {
        throw error(.unsupported(load.rawValue), instruction)
      }
      try require(1, instruction)
      let bound: UInt32 = load == .i32Load8U ? 0xff : load == .i32Load16U ? 0xffff : .max
      emitter.emit(.plain(opcode, argument.offset), popping: 1, pushing: 1, bound: bound)
    case .store(let store, let argument):
      guard let opcode = Opcode(rawValue: store.rawValue) else {
        throw error(.unsupported(store.rawValue), instruction)
      }
      try emit(.plain(opcode, argument.offset), popping: 2, instruction)
    default: emitter.emit(.const(addresses.pageCount), pushing: 1)
    }
  }
}
