import ProgramGenerator
import WebAssembly

// Code that leaves one value more on the stack than there was.
extension FunctionWriter {
  /// Values of types, the last topmost.
  mutating func values(_ types: [ValueType], depth: Int) {
    for type in types { value(type, depth: depth) }
  }

  /// - Parameter depth: how deep expressions may be nested.
  mutating func value(_ type: ValueType, depth: Int) {
    guard depth > 0, hasRoom else { return leaf(type) }
    switch random.number(in: 0...99) {
    case 0..<14: leaf(type)
    case 14..<56: applyOperator(type, depth: depth - 1)
    case 56..<64: load(type, depth: depth - 1)
    case 64..<70: select(type, depth: depth - 1)
    case 70..<74: tee(type, depth: depth - 1)
    case 74..<82: call(for: type, depth: depth - 1)
    case 82..<87: block(for: type, depth: depth - 1)
    case 87..<92: conditional(for: type, depth: depth - 1)
    case 92..<95: loop(for: type, depth: depth - 1)
    case 95..<98: wideBlock(for: type, depth: depth - 1)
    default: memorySize(for: type, depth: depth - 1)
    }
  }

  private mutating func leaf(_ type: ValueType) {
    switch random.number(in: 0...9) {
    case 0..<5: emit(.localGet(local(type)))
    case 5..<7:
      if let global = global(type, mutable: false) { emit(.globalGet(global)) } else { emit(random.constant(type)) }
    default: emit(random.constant(type))
    }
  }

  /// A condition, with as many true as false ones.
  mutating func condition(depth: Int) {
    value(.i32, depth: depth)
    if random.isOnce(in: 2) { emit(.i32Const(1), .numeric(.i32And)) }
  }

  private mutating func select(_ type: ValueType, depth: Int) {
    values([type, type], depth: depth)
    condition(depth: depth)
    emit(.select)
  }

  private mutating func tee(_ type: ValueType, depth: Int) {
    value(type, depth: depth)
    emit(.localTee(local(type)))
  }

  private mutating func memorySize(for type: ValueType, depth: Int) {
    guard type == .i32 else { return value(type, depth: depth) }
    guard random.isOnce(in: 2) else { return emit(.memorySize) }
    if random.isOnce(in: 4) { value(.i32, depth: depth) } else { emit(.i32Const(Int32(random.number(in: 0...2)))) }
    emit(.memoryGrow)
  }

  /// A value whose bits may be looked at: a NaN that was computed is replaced by the canonical one.
  mutating func exactValue(_ type: ValueType, depth: Int) {
    guard type == .f32 || type == .f64 else { return value(type, depth: depth) }
    let isWide = type == .f64
    switch depth > 0 && hasRoom ? random.number(in: 0...9) : 0 {
    case 0..<3: emit(random.constant(type))
    case 3: load(type, depth: depth - 1)
    case 4:
      value(isWide ? .i64 : .i32, depth: depth - 1)
      emit(isWide ? .f64ReinterpretI64 : .f32ReinterpretI32)
    case 5:
      exactValue(type, depth: depth - 1)
      emit(random.isOnce(in: 2) ? (isWide ? .f64Abs : .f32Abs) : (isWide ? .f64Neg : .f32Neg))
    default:
      value(type, depth: depth - 1)
      emit(.localTee(scratch(type)))
      emit(isWide ? .f64Const(bitPattern: Double.nan.bitPattern) : .f32Const(bitPattern: Float.nan.bitPattern))
      emit(.localGet(scratch(type)), .localGet(scratch(type)), .numeric(isWide ? .f64Eq : .f32Eq), .select)
    }
  }
}
