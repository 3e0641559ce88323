/// A type of number in a safetensors file that the model can use.
package enum TensorElement: String, Hashable, Sendable, CaseIterable {
  case float32 = "F32"
  case bfloat16 = "BF16"
  case float16 = "F16"
  case int8 = "I8"

  /// Bytes of one number.
  package var byteCount: Int {
    switch self {
    case .float32: 4
    case .bfloat16, .float16: 2
    case .int8: 1
    }
  }
}

/// What a safetensors header says about one tensor.
package struct TensorDescription: Hashable, Sendable {
  /// The name of its number type in the file, such as BF16.
  package var type: String
  /// Its dimensions, the slowest first.
  package var shape: [Int]
  /// Its bytes, from the end of the header.
  package var bytes: Range<Int>

  /// The number type, when it is one that the model can use.
  package var element: TensorElement? { TensorElement(rawValue: type) }

  /// Bytes of one number, for the types of the format that have whole ones.
  package var elementSize: Int? {
    switch type {
    case "BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0": 1
    case "U16", "I16", "F16", "BF16": 2
    case "U32", "I32", "F32": 4
    case "U64", "I64", "F64", "C64": 8
    default: nil
    }
  }

  /// The product of the dimensions; nil when it is no Int.
  package var elementCount: Int? {
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { return nil }
      count = product
    }
    return count
  }
}
