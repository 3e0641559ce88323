import InstructionSet
import WebAssembly

/// Moves of eight bytes: what C compilers make of copied structures and zeroed arrays.
///
/// Nothing computes with 64 bits here, so that a value which is stored as soon as it is loaded or named can be moved as two
/// words. Any other use of i64 is refused.
extension FunctionCompiler {
  /// Compiles a constant or load of 64 bits and the store right behind it; false when the two are no such pair.
  mutating func compileDoubleWord(
    _ source: WebAssembly.Instruction, storedBy target: WebAssembly.Instruction
  ) throws(ProgramCompilerError) -> Bool {
    guard case .store(.i64Store, let argument) = target.operation, !module.memories.isEmpty,
      let upper = Self.upperOffset(argument)
    else { return false }
    switch source.operation {
    case .i64Const(let value):
      try require(1, target)
      let address = emitter.popToLocal(scratch: 0)
      emitter.emit(.get(address), .const(UInt32(truncatingIfNeeded: value)), .plain(.store, argument.offset))
      emitter.emit(.get(address), .const(UInt32(truncatingIfNeeded: value >> 32)), .plain(.store, upper))
    case .load(.i64Load, let loaded):
      guard let loadedUpper = Self.upperOffset(loaded) else { return false }
      try require(2, target)
      let from = emitter.popToLocal(scratch: 0)
      let to = emitter.popToLocal(scratch: 1)
      // Both words are read before either is written: the places may overlap.
      emitter.emit(.get(to), .get(from), .plain(.load, loaded.offset))
      emitter.emit(.get(to), .get(from), .plain(.load, loadedUpper), .plain(.store, upper))
      emitter.emit(.plain(.store, argument.offset))
    default: return false
    }
    return true
  }

  private static func upperOffset(_ argument: MemoryArgument) -> UInt32? {
    let (sum, isTooLarge) = argument.offset.addingReportingOverflow(4)
    return isTooLarge ? nil : sum
  }
}
