import InstructionSet

extension FullToken {
  /// The tokens by which the host lets the machine go on at an instruction.
  static func jump(to instruction: Int) -> [FullToken] {
    [.byte(UInt8(truncatingIfNeeded: instruction)), .last(UInt8(truncatingIfNeeded: instruction >> 8), .jump(0))]
  }
}

extension WebAssemblyValue {
  /// The tokens by which the host pushes the value.
  var pushTokens: [FullToken] {
    let (width, bits) = (type.width, bits)
    return (0..<width.rawValue).map { index in
      let byte = UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))
      return index == width.rawValue - 1 ? .hostValue(byte, width) : .byte(byte)
    }
  }
}

extension ArraySlice<FullToken> {
  /// The bytes that are printed.
  var output: [UInt8] {
    compactMap { if case .last(let byte, .output, _) = $0 { byte } else { nil } }
  }
}
