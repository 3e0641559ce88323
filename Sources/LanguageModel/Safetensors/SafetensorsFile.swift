/// A safetensors file: the length of the header (8 bytes, least significant first), the header in JSON, the numbers.
package struct SafetensorsFile: Sendable {
  /// What the header says of each tensor, by name.
  package let tensors: [String: TensorDescription]
  private let file: MappedFile
  private let dataOffset: Int

  /// The file's path.
  package var path: String { file.path }

  /// Maps a file and checks what the format demands: that every tensor's numbers fill its bytes, and that these follow one
  /// another, in whatever order the header has them, without gap or overlap to the end of the file.
  package init(path: String) throws(LanguageModelError) {
    file = try MappedFile(path: path)
    let bytes = file.bytes
    guard bytes.count >= 8 else {
      throw LanguageModelError(.truncated, file: path, "expected 8 bytes of header length, found \(bytes.count) bytes")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= 100_000_000 else {
      throw LanguageModelError(
        .malformed, file: path, "expected a safetensors header, found a length of \(length) bytes")
    }
    dataOffset = 8 + Int(length)
    guard dataOffset <= bytes.count else {
      throw LanguageModelError(
        .truncated, file: path, "the header should end at byte \(dataOffset), but the file has \(bytes.count) bytes")
    }
    do { tensors = try SafetensorsHeader(Array(bytes[8..<dataOffset])).tensors } catch {
      throw LanguageModelError(.malformed, file: path, "in the header, \(error)")
    }
    try Self.check(tensors, available: bytes.count - dataOffset, path: path)
  }

  /// The bytes of a tensor that the file has.
  package func bytes(of tensor: TensorDescription) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      rebasing: file.bytes[dataOffset + tensor.bytes.lowerBound..<dataOffset + tensor.bytes.upperBound])
  }

  /// What keeps the bytes alive.
  package var owner: AnyObject { file }

  private static func check(
    _ tensors: [String: TensorDescription], available: Int, path: String
  ) throws(LanguageModelError) {
    // The tensor that ends last says best how much is missing.
    if let (name, last) = tensors.max(by: { ($0.value.bytes.upperBound, $0.key) < ($1.value.bytes.upperBound, $1.key) }
    ),
      last.bytes.upperBound > available
    {
      throw LanguageModelError(
        .truncated, file: path,
        "\(name) should end \(last.bytes.upperBound) bytes after the header, but only \(available) follow it")
    }
    for (name, tensor) in tensors {
      guard let elementSize = tensor.elementSize else { continue }
      let (size, overflow) = (tensor.elementCount ?? .max).multipliedReportingOverflow(by: elementSize)
      guard !overflow, size == tensor.bytes.count else {
        throw LanguageModelError(
          .malformed, file: path,
          "\(name): \(tensor.type) of shape \(tensor.shape) does not fill its \(tensor.bytes.count) bytes")
      }
    }
    try checkPlaces(tensors, available: available, path: path)
  }

  private static func checkPlaces(
    _ tensors: [String: TensorDescription], available: Int, path: String
  ) throws(LanguageModelError) {
    var end = 0
    for (name, tensor) in tensors.sorted(by: {
      ($0.value.bytes.lowerBound, $0.value.bytes.upperBound) < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound)
    }) {
      guard tensor.bytes.lowerBound == end else {
        throw LanguageModelError(
          .malformed, file: path,
          "\(name): expected data_offsets that begin at \(end), where the tensor before ends, "
            + "found \(tensor.bytes.lowerBound)")
      }
      end = tensor.bytes.upperBound
    }
    guard end == available else {
      throw LanguageModelError(
        .malformed, file: path, "expected the file to end with its last tensor, found \(available - end) bytes more")
    }
  }
}
