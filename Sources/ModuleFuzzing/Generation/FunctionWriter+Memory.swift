import ProgramGenerator
import WebAssembly
import WebAssemblyValidation

extension FunctionWriter {
  mutating func load(_ type: ValueType, depth: Int) {
    let fitting = LoadOperator.allCases.filter { $0.type == type }
    let load = random.pick(fitting) ?? .i32Load
    address(depth: depth)
    emit(.load(load, argument(width: load.width)))
  }

  mutating func store(depth: Int) {
    let store = random.pick(StoreOperator.allCases) ?? .i32Store
    address(depth: depth)
    exactValue(store.type, depth: depth)
    emit(.store(store, argument(width: store.width)))
  }

  /// Bytes copied within memory, or set.
  mutating func copyOrFill(depth: Int) {
    let isCopy = random.isOnce(in: 2)
    address(depth: depth)
    if isCopy { address(depth: depth) } else { value(.i32, depth: depth) }
    emit(.i32Const(Int32(random.number(in: 0...20))))
    emit(isCopy ? .memoryCopy : .memoryFill)
  }

  /// Mostly in the part of memory that is looked at in the end; at an end of a page, or anywhere.
  private mutating func address(depth: Int) {
    switch random.number(in: 0...39) {
    case 0..<24: emit(.i32Const(Int32(random.number(in: 0...ModuleWriter.memoryWindow - 1))))
    case 24..<36:
      value(.i32, depth: depth)
      emit(.i32Const(Int32(ModuleWriter.memoryWindow - 1)), .numeric(.i32And))
    case 36..<39:
      emit(.i32Const(Int32(random.number(in: 1...3) << 16 - random.number(in: 0...9))))
    default: value(.i32, depth: depth)
    }
  }

  /// An offset, mostly small, and any alignment that the width allows.
  private mutating func argument(width: Int) -> MemoryArgument {
    let offset: UInt32 =
      switch random.number(in: 0...39) {
      case 0..<24: 0
      case 24..<38: UInt32(random.number(in: 0...15))
      case 38: UInt32(random.number(in: 0...1) << 16 + random.number(in: 0...8))
      default: UInt32.max - UInt32(random.number(in: 0...9))
      }
    return MemoryArgument(
      alignment: UInt32(random.number(in: 0...width.trailingZeroBitCount)), offset: offset)
  }
}
