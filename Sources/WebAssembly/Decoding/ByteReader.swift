/// A position in the bytes of a module, and the end that reading must not pass.
///
/// Every read names what it expects, so that an error can say what is missing. Nothing is allocated for a length that
/// the file only claims.
struct ByteReader {
  /// The whole file.
  let bytes: [UInt8]
  /// Where the next byte is read.
  var position = 0
  /// Where the section or function body that is being read ends; at most `bytes.count`.
  private(set) var limit: Int
  /// What it is called to run out of bytes: the file ends, or a part of it does.
  private var endKind = DecodingError.Kind.unexpectedEnd
  /// Whether a zero in the place of an index may be longer than one byte.
  private let acceptsLongZeros: Bool

  /// A reader at the first of `bytes`.
  init(_ bytes: [UInt8], acceptsLongZeros: Bool = false) {
    self.bytes = bytes
    self.acceptsLongZeros = acceptsLongZeros
    limit = bytes.count
  }

  /// Whether the section, the function body or, outside of these, the file has been read to its end.
  var isAtEnd: Bool { position >= limit }

  /// The error of `kind` at the next byte, or at `offset`.
  func error(_ kind: DecodingError.Kind, at offset: Int? = nil, expected: String) -> DecodingError {
    DecodingError(kind, offset: offset ?? position, expected: expected)
  }

  /// The error of having reached the end of what may be read.
  func endError(expected: String) -> DecodingError { error(endKind, at: limit, expected: expected) }

  /// Reads one byte.
  mutating func byte(_ expected: @autoclosure () -> String) throws(DecodingError) -> UInt8 {
    guard position < limit else { throw endError(expected: expected()) }
    defer { position += 1 }
    return bytes[position]
  }

  /// Reads `count` bytes.
  mutating func slice(_ count: Int, _ expected: @autoclosure () -> String) throws(DecodingError) -> ArraySlice<UInt8> {
    guard count <= limit - position else { throw endError(expected: expected()) }
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// Reads all bytes that are left of the section or function body.
  mutating func remainder() -> ArraySlice<UInt8> {
    defer { position = limit }
    return bytes[position..<limit]
  }

  /// Reads an integer of `count` bytes, at most 8, least significant first.
  mutating func littleEndian(_ count: Int, _ expected: @autoclosure () -> String) throws(DecodingError) -> UInt64 {
    try slice(count, expected()).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Reads a byte that must be 0: the place of an index that this format does not have yet.
  mutating func zeroFlag(_ expected: @autoclosure () -> String) throws(DecodingError) {
    let start = position
    let isZero = acceptsLongZeros ? try u32(expected()) == 0 : try byte(expected()) == 0
    guard isZero else { throw error(.zeroFlag, at: start, expected: expected()) }
  }

  /// Reads a size in bytes and then, with `body`, as many bytes as it says: reads beyond them are errors, and so are
  /// bytes that are left over.
  mutating func sized<Contents>(
    _ expected: @autoclosure () -> String,
    _ body: (inout ByteReader) throws(DecodingError) -> Contents
  ) throws(DecodingError) -> Contents {
    let size = try length("the size of \(expected())")
    let start = position
    let outer = (limit, endKind)
    endKind = .unexpectedEndOfSection
    guard size <= limit - start else { throw endError(expected: "\(expected()) of size \(size)") }
    limit = start + size
    let contents = try body(&self)
    guard position == start + size else {
      throw error(.sectionSizeMismatch, expected: "the end of \(expected()) of size \(size)")
    }
    (limit, endKind) = outer
    return contents
  }
}
