extension ByteWriter {
  private static let funcref: UInt8 = 0x70

  mutating func append(_ type: ValueType) {
    append(type.encoding)
  }

  mutating func append(_ type: FunctionType) {
    append(0x60)
    appendVector(type.parameters) { $0.append($1) }
    appendVector(type.results) { $0.append($1) }
  }

  mutating func append(_ type: BlockType) {
    switch type {
    case .empty: append(0x40)
    case .result(let result): append(result)
    // Signed, so that no index looks like one of the two above.
    case .type(let index): append(signed: Int64(index))
    }
  }

  mutating func append(_ limits: Limits) {
    append(limits.maximum == nil ? 0 : 1)
    append(unsigned: limits.minimum)
    if let maximum = limits.maximum { append(unsigned: maximum) }
  }

  mutating func append(_ type: TableType) {
    appendFuncref()
    append(type.limits)
  }

  mutating func append(_ type: GlobalType) {
    append(type.value)
    append(type.isMutable ? 1 : 0)
  }

  mutating func appendFuncref() {
    append(Self.funcref)
  }
}

extension ValueType {
  /// The byte that stands for the type.
  fileprivate var encoding: UInt8 {
    switch self {
    case .i32: 0x7F
    case .i64: 0x7E
    case .f32: 0x7D
    case .f64: 0x7C
    }
  }
}
