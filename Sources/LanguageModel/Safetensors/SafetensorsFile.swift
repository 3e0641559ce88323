import Foundation

/// A safetensors file: the length of the header (8 bytes, least significant first), the header in JSON, the numbers.
package struct SafetensorsFile: Sendable {
  /// What the header says of each tensor, by name.
  package let tensors: [String: TensorDescription]
  private let file: MappedFile
  private let dataOffset: Int

  /// The file's path.
  package var path: String { file.path }

  /// Maps a file and checks that every tensor's bytes are there.
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
    let header = Data(bytes[8..<dataOffset])
    tensors = try Self.tensors(header, path: path)
    try Self.check(tensors, available: bytes.count - dataOffset, path: path)
  }

  /// The bytes of a tensor that the file has.
  package func bytes(of tensor: TensorDescription) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      rebasing: file.bytes[dataOffset + tensor.bytes.lowerBound..<dataOffset + tensor.bytes.upperBound])
  }

  /// What keeps the bytes alive.
  package var owner: AnyObject { file }

  private struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  private enum HeaderValue: Decodable {
    case tensor(Entry)
    case metadata

    init(from decoder: any Decoder) throws {
      if decoder.codingPath.last?.stringValue == "__metadata__" {
        self = .metadata
      } else {
        self = .tensor(try Entry(from: decoder))
      }
    }
  }

  private static func tensors(_ header: Data, path: String) throws(LanguageModelError) -> [String: TensorDescription] {
    guard let values = try? JSONDecoder().decode([String: HeaderValue].self, from: header) else {
      throw LanguageModelError(
        .malformed, file: path, "the header must be a JSON object with dtype, shape and data_offsets for each tensor")
    }
    var tensors: [String: TensorDescription] = [:]
    tensors.reserveCapacity(values.count)
    for (name, value) in values {
      guard case .tensor(let entry) = value else { continue }
      let offsets = entry.data_offsets
      guard entry.shape.allSatisfy({ $0 >= 0 }), offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1] else {
        throw LanguageModelError(.malformed, file: path, "\(name): a negative dimension or wrong data_offsets")
      }
      tensors[name] = TensorDescription(type: entry.dtype, shape: entry.shape, bytes: offsets[0]..<offsets[1])
    }
    return tensors
  }

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
      guard let element = tensor.element else { continue }
      let (size, overflow) = (tensor.elementCount ?? .max).multipliedReportingOverflow(by: element.byteCount)
      guard !overflow, size == tensor.bytes.count else {
        throw LanguageModelError(
          .malformed, file: path,
          "\(name): \(tensor.type) of shape \(tensor.shape) does not fill its \(tensor.bytes.count) bytes")
      }
    }
  }
}
