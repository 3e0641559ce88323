import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Writes a safetensors file whose tensors are announced first and may be filled in any order.
///
/// The file appears under its name when it is closed, whole, in place of what was there: a model that reads the old file
/// keeps it, and an interruption leaves no half of a file to be taken for a model.
package final class SafetensorsWriter {
  /// The file's path.
  package let path: String
  /// The path with its symbolic links followed, and where the file grows until it is closed.
  private let finalPath, temporaryPath: String
  private var isClosed = false
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

  /// Begins the file and writes its header; the numbers begin at a multiple of 64 bytes.
  ///
  /// - Parameter replacesLink: whether the file takes the place of a link at the path, not of what that leads to.
  package init(
    path: String, replacingLink replacesLink: Bool = false, _ tensors: [Announcement]
  ) throws(LanguageModelError) {
    self.path = path
    finalPath = PartialFile.place(for: path, replacingLink: replacesLink)
    try Self.check(finalPath, of: path, mayBeLink: replacesLink)
    temporaryPath = PartialFile.path(for: finalPath)
    PartialFile.removeAbandoned(for: finalPath)
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

    guard FileManager.default.createFile(atPath: temporaryPath, contents: nil),
      let handle = FileHandle(forWritingAtPath: temporaryPath)
    else { throw LanguageModelError(.inaccessible, file: path, "the file cannot be written") }
    self.handle = handle
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    try write(length + Data(header.utf8), at: 0)
    // The file has its length from the start, so that tensors may be filled in any order.
    do {
      try handle.truncate(atOffset: UInt64(dataOffset + end))
    } catch { throw LanguageModelError(.inaccessible, file: path, "the file cannot be extended to its length") }
  }

  /// Checks that there is a regular file or nothing where a path leads to.
  private static func check(_ place: String, of path: String, mayBeLink: Bool) throws(LanguageModelError) {
    let type = try? FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType
    guard type == nil || type == .typeRegular || mayBeLink && type == .typeSymbolicLink else {
      throw LanguageModelError(.inaccessible, file: path, "expected the path of a file to write, found something else")
    }
  }

  /// Fills part of a tensor, from a byte of it on.
  package func write(_ bytes: UnsafeRawBufferPointer, to name: String, at offset: Int = 0) throws(LanguageModelError) {
    try write(Data(bytes), to: name, at: offset)
  }

  /// Fills part of a tensor in F32, from one of its numbers on.
  package func write(_ numbers: [Float], to name: String, at index: Int) throws(LanguageModelError) {
    try write(numbers.withUnsafeBytes { Data($0) }, to: name, at: index * 4)
  }

  private func write(_ data: Data, to name: String, at offset: Int) throws(LanguageModelError) {
    guard let place = places[name], offset >= 0, offset + data.count <= place.count else {
      throw LanguageModelError(.argument, file: path, "\(name) has no room for \(data.count) bytes at \(offset)")
    }
    try write(data, at: dataOffset + place.lowerBound + offset)
  }

  private func write(_ data: Data, at offset: Int) throws(LanguageModelError) {
    do {
      try handle.seek(toOffset: UInt64(offset))
      try handle.write(contentsOf: data)
    } catch {
      throw LanguageModelError(.inaccessible, file: path, "writing failed: \(error.localizedDescription)")
    }
  }

  /// Closes the file and gives it its name, and says so if something could not be written.
  package func close() throws(LanguageModelError) {
    do { try handle.close() } catch {
      throw LanguageModelError(.inaccessible, file: path, "closing failed: \(error.localizedDescription)")
    }
    guard rename(temporaryPath, finalPath) == 0 else {
      throw LanguageModelError(.inaccessible, file: path, "the file cannot be put in its place")
    }
    isClosed = true
  }

  deinit {
    if !isClosed { try? FileManager.default.removeItem(atPath: temporaryPath) }
  }
}
