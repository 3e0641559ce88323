extension ByteReader {
  /// The byte that stands for `funcref`, the only reference type of this format.
  private static let funcref: UInt8 = 0x70

  /// Reads the type of a value.
  mutating func valueType(_ expected: @autoclosure () -> String) throws(DecodingError) -> ValueType {
    let start = position
    let byte = try byte(expected())
    guard let type = ValueType(encoding: byte) else {
      throw error(.valueType, at: start, expected: "\(expected()): i32 (0x7f), i64 (0x7e), f32 (0x7d) or f64 (0x7c)")
    }
    return type
  }

  /// Reads a function type.
  mutating func functionType() throws(DecodingError) -> FunctionType {
    let start = position
    guard try byte("a function type") == 0x60 else {
      throw error(.functionType, at: start, expected: "a function type (0x60)")
    }
    let parameters = try vector(of: "parameters") { reader throws(DecodingError) in
      try reader.valueType("the type of a parameter")
    }
    let results = try vector(of: "results") { reader throws(DecodingError) in
      try reader.valueType("the type of a result")
    }
    return FunctionType(parameters: parameters, results: results)
  }

  /// Reads the type of a block: nothing, one result, or the index of a function type.
  ///
  /// A byte from 0x40 to 0x7f would be a negative integer, so that it can stand for something other than an index.
  mutating func blockType() throws(DecodingError) -> BlockType {
    let start = position
    if !isAtEnd, bytes[start] == 0x40 {
      position += 1
      return .empty
    }
    if !isAtEnd, bytes[start] & 0xC0 == 0x40 { return .result(try valueType("a block type")) }
    let index = try signed(bits: 33, "a block type")
    guard let type = TypeIndex(exactly: index) else {
      throw error(.blockType, at: start, expected: "a block type: 0x40, a value type or a type index")
    }
    return .type(type)
  }

  /// Reads the type that must be `funcref`.
  mutating func referenceType(_ expected: @autoclosure () -> String) throws(DecodingError) {
    let start = position
    guard try byte(expected()) == Self.funcref else {
      throw error(.referenceType, at: start, expected: "\(expected()): funcref (0x70)")
    }
  }

  /// Reads the limits of a table or memory.
  mutating func limits(of expected: @autoclosure () -> String) throws(DecodingError) -> Limits {
    let hasMaximum = try unsigned(bits: 1, "the limits of \(expected()), without (0) or with (1) a maximum") == 1
    let minimum = try u32("the minimum size of \(expected())")
    let maximum = hasMaximum ? try u32("the maximum size of \(expected())") : nil
    return Limits(minimum: minimum, maximum: maximum)
  }

  /// Reads a table's type.
  mutating func tableType() throws(DecodingError) -> TableType {
    let start = position
    try referenceType("the element type of a table")
    return TableType(limits: try limits(of: "a table"), offset: start)
  }

  /// Reads a memory's type.
  mutating func memoryType() throws(DecodingError) -> MemoryType {
    let start = position
    return MemoryType(limits: try limits(of: "a memory"), offset: start)
  }

  /// Reads a global's type.
  mutating func globalType() throws(DecodingError) -> GlobalType {
    let value = try valueType("the type of a global")
    let start = position
    switch try byte("the mutability of a global") {
    case 0: return GlobalType(value: value, isMutable: false)
    case 1: return GlobalType(value: value, isMutable: true)
    default: throw error(.mutability, at: start, expected: "the mutability of a global: const (0) or var (1)")
    }
  }
}

extension ValueType {
  /// The type that `byte` stands for, if any.
  fileprivate init?(encoding byte: UInt8) {
    switch byte {
    case 0x7F: self = .i32
    case 0x7E: self = .i64
    case 0x7D: self = .f32
    case 0x7C: self = .f64
    default: return nil
    }
  }
}
