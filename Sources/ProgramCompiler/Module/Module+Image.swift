import WebAssembly

extension Module {
  /// The words of memory and of the compiler's own globals that are not zero when the program starts, by address.
  func initialWords(_ addresses: AddressSpace) throws(ProgramCompilerError) -> [(address: UInt32, value: UInt32)] {
    var result = WordImage(try initialBytes(addresses)).words
    for (index, global) in globals.enumerated() where global.type.isMutable {
      let value = try value(of: global.initialValue, offset: global.offset)
      if value != 0 { result.append((addresses.globalAddress(GlobalIndex(index)), value)) }
    }
    return result
  }

  /// The bytes of the active data segments that are not zero; later segments overwrite earlier ones.
  private func initialBytes(_ addresses: AddressSpace) throws(ProgramCompilerError) -> [UInt32: UInt8] {
    var bytes: [UInt32: UInt8] = [:]
    for segment in data {
      guard case .active(let memory, let expression) = segment.mode else { continue }
      let start = try value(of: expression, offset: segment.offset)
      let size = UInt64(addresses.pageCount) * AddressSpace.pageSize
      guard memory == 0, !memories.isEmpty, UInt64(start) + UInt64(segment.bytes.count) <= size else {
        throw ProgramCompilerError(
          .invalid(expected: "a data segment within the \(size) bytes of memory 0"), offset: segment.offset)
      }
      for (index, byte) in segment.bytes.enumerated() {
        bytes[start + UInt32(index)] = byte == 0 ? nil : byte
      }
    }
    return bytes
  }
}

/// Bytes by address, gathered to words.
struct WordImage {
  /// The words, by rising address. A word begins at a byte that is not zero, so that as few as possible are needed; its upper
  /// bytes may lie behind the last byte, and are zero there.
  let words: [(address: UInt32, value: UInt32)]

  /// - Parameter bytes: the bytes that are not zero, by address.
  init(_ bytes: [UInt32: UInt8]) {
    var words: [(address: UInt32, value: UInt32)] = []
    for address in bytes.keys.sorted() {
      let byte = UInt32(bytes[address] ?? 0)
      if let last = words.last, address - last.address < 4 {
        words[words.count - 1].value |= byte << (8 * (address - last.address))
      } else {
        words.append((address, byte))
      }
    }
    self.words = words
  }
}
