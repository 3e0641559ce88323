import Foundation

/// Writes a safetensors file whose tensors are announced first and may be filled in any order.
package struct SafetensorsWriter {
  /// The file's path.
  package let path: String
  private let handle: FileHandle
  private let dataOffset: Int
  private let places: [String: Range<Int>]

  /// A tensor to be written.
  package struct Announcement: Hashable, Sendable {
    package var name: String
    package var element: TensorElement
    package var shape: [Int]

    package init(_ name: String, _ element: TensorElement, _ shape: [Int]) {
      (self.name, self.element, self.shape) = (name, element, shape)
    }

    /// Bytes of the tensor.
    package var byteCount: Int { shape.reduce(element.byteCount, *) }
  }

  /// Creates or replaces the file and writes its header; the numbers begin at a multiple of 64 bytes.
  package init(path: String, _ tensors: [Announcement]) throws(LanguageModelError) {
    self.path = path
    var header = "{\"__metadata__\":{\"format\":\"pt\"}"
    var places: [String: Range<Int>] = [:]
    var end = 0
    for tensor in tensors {
      let place = end..<end + tensor.byteCount
      let name = tensor.name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      header += ",\"\(name)\":{\"dtype\":\"\(tensor.element.rawValue)\",\"shape\":[\(shape)],"
      header += "\"data_offsets\":[\(place.lowerBound),\(place.upperBound)]}"
      places[tensor.name] = place
      end = place.upperBound
    }
    header += "}"
    header += String(repeating: " ", count: (64 - (8 + header.utf8.count) % 64) % 64)
    self.places = places
    dataOffset = 8 + header.utf8.count

    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path)
    else { throw LanguageModelError(.inaccessible, file: path, "the file cannot be written") }
    self.handle = handle
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    try write(length + Data(header.utf8), at: 0)
    // The file has its length from the start, so that tensors may be filled in any order.
    do {
      try handle.truncate(atOffset: UInt64(dataOffset + end))
    } catch { throw LanguageModelError(.inaccessible, file: path, "the file cannot be extended to its length") }
  }

  /// Fills part of a tensor, from a byte of it on.
  package func write(_ bytes: UnsafeRawBufferPointer, to name: String, at offset: Int = 0) throws(LanguageModelError) {
    guard let place = places[name], offset >= 0, offset + bytes.count <= place.count else {
      throw LanguageModelError(.argument, file: path, "\(name) has no room for \(bytes.count) bytes at \(offset)")
    }
    try write(Data(bytes), at: dataOffset + place.lowerBound + offset)
  }

  private func write(_ data: Data, at offset: Int) throws(LanguageModelError) {
    do {
      try handle.seek(toOffset: UInt64(offset))
      try handle.write(contentsOf: data)
    } catch {
      throw LanguageModelError(.inaccessible, file: path, "writing failed: \(error.localizedDescription)")
    }
  }

  /// Closes the file, and says so if something could not be written.
  package func close() throws(LanguageModelError) {
    do { try handle.close() } catch {
      throw LanguageModelError(.inaccessible, file: path, "closing failed: \(error.localizedDescription)")
    }
  }
}
