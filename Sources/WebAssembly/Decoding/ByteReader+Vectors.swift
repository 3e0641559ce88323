extension ByteReader {
  /// Reads a vector: the number of elements, then the elements.
  mutating func vector<Element>(
    of expected: @autoclosure () -> String,
    _ element: (inout ByteReader) throws(DecodingError) -> Element
  ) throws(DecodingError) -> [Element] {
    let count = try length("the number of \(expected())")
    var elements: [Element] = []
    for _ in 0..<count { elements.append(try element(&self)) }
    return elements
  }

  /// Reads a vector of indices.
  mutating func indices(of expected: @autoclosure () -> String) throws(DecodingError) -> [UInt32] {
    try vector(of: expected()) { reader throws(DecodingError) in try reader.u32("one of \(expected())") }
  }

  /// Reads a vector of bytes.
  mutating func byteVector(_ expected: @autoclosure () -> String) throws(DecodingError) -> [UInt8] {
    let count = try length("the length of \(expected())")
    return [UInt8](try slice(count, "\(expected()) of \(count) bytes"))
  }

  /// Reads a name, which must be well-formed UTF-8.
  mutating func name(_ expected: @autoclosure () -> String) throws(DecodingError) -> Name {
    let count = try length("the length of \(expected())")
    let start = position
    let encoded = try slice(count, "\(expected()) of \(count) bytes")
    // Decoding replaces what is ill-formed, and never by the same bytes.
    let text = String(decoding: encoded, as: UTF8.self)
    guard text.utf8.elementsEqual(encoded) else {
      throw error(.utf8Encoding, at: start, expected: "\(expected()) in UTF-8")
    }
    return Name(text)
  }
}
