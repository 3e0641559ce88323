extension TransformerModel {
  /// The bytes of a `model.bin` that holds this model, all trailing sections present. Metadata is left out.
  ///
  /// Equal models give equal bytes on every machine.
  public func binaryBytes() -> [UInt8] {
    var bytes: [UInt8] = []
    for number in [vocabularySize, modelWidth, layers.count, headCount, feedForwardWidth, stopToken] {
      bytes.append(int32: number)
    }
    for name in vocabulary {
      bytes.append(int32: name.utf8.count)
      bytes.append(contentsOf: name.utf8)
    }
    bytes.append(embedding)
    for layer in layers {
      bytes.append(layer.inProjection)
      bytes.append(layer.outProjection)
      bytes.append(layer.feedForwardIn)
      bytes.append(layer.feedForwardOut)
    }
    bytes.append(head)
    appendTrailingSections(to: &bytes)
    return bytes
  }

  private func appendTrailingSections(to bytes: inout [UInt8]) {
    let present = 1
    bytes.append(int32: present)
    for layer in layers {
      for slots in [layer.erasedAfterAttention, layer.erasedAfterFeedForward] {
        bytes.append(int32: slots.count)
        for slot in slots { bytes.append(int32: slot) }
      }
    }
    bytes.append(int32: present)
    for layer in layers {
      for rule in layer.tieRules { bytes.append(int32: Int(rule.rawValue)) }
    }
    bytes.append(int32: present)
    for layer in layers {
      for role in layer.headRoles { bytes.append(int32: Int(role.rawValue)) }
    }
  }
}

extension [UInt8] {
  /// Appends the low 32 bits of a number, least significant byte first.
  mutating func append(int32 number: Int) {
    Swift.withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian) { append(contentsOf: $0) }
  }

  /// Appends 64 bits, least significant byte first.
  mutating func append(uint64 number: UInt64) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }

  /// Appends the elements of a matrix as little-endian binary64, row-major.
  mutating func append(_ matrix: Matrix) {
    reserveCapacity(count + 8 * matrix.elements.count)
    for element in matrix.elements { append(uint64: element.bitPattern) }
  }
}
