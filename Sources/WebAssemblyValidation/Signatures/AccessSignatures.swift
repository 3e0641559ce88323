package import WebAssembly

extension LoadOperator {
  /// The type of the value that is pushed.
  package var type: ValueType {
    switch self {
    case .i32Load, .i32Load8S, .i32Load8U, .i32Load16S, .i32Load16U: .i32
    case .i64Load, .i64Load8S, .i64Load8U, .i64Load16S, .i64Load16U, .i64Load32S, .i64Load32U: .i64
    case .f32Load: .f32
    case .f64Load: .f64
    }
  }

  /// How many bytes of memory are read: 1, 2, 4 or 8.
  package var width: Int {
    switch self {
    case .i32Load8S, .i32Load8U, .i64Load8S, .i64Load8U: 1
    case .i32Load16S, .i32Load16U, .i64Load16S, .i64Load16U: 2
    case .i32Load, .f32Load, .i64Load32S, .i64Load32U: 4
    case .i64Load, .f64Load: 8
    }
  }
}

extension StoreOperator {
  /// The type of the value that is popped.
  package var type: ValueType {
    switch self {
    case .i32Store, .i32Store8, .i32Store16: .i32
    case .i64Store, .i64Store8, .i64Store16, .i64Store32: .i64
    case .f32Store: .f32
    case .f64Store: .f64
    }
  }

  /// How many bytes of memory are written: 1, 2, 4 or 8.
  package var width: Int {
    switch self {
    case .i32Store8, .i64Store8: 1
    case .i32Store16, .i64Store16: 2
    case .i32Store, .f32Store, .i64Store32: 4
    case .i64Store, .f64Store: 8
    }
  }
}
