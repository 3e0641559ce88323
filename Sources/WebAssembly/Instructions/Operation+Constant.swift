extension Operation {
  /// The instruction that pushes a value of these bits; of a type of 32 bits those above are left out.
  package init(constant bits: UInt64, of type: ValueType) {
    switch type {
    case .i32: self = .i32Const(Int32(truncatingIfNeeded: bits))
    case .i64: self = .i64Const(Int64(bitPattern: bits))
    case .f32: self = .f32Const(bitPattern: UInt32(truncatingIfNeeded: bits))
    case .f64: self = .f64Const(bitPattern: bits)
    }
  }
}
