/// Reads little-endian values from the bytes of a file, front to back, and never beyond their end.
struct ByteReader {
  let bytes: [UInt8]
  /// The offset of the next byte to be read.
  private(set) var offset: Int

  /// Starts at an offset of at least 0 and at most the number of bytes.
  init(_ bytes: [UInt8], at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// The number of bytes that are left.
  var remaining: Int { bytes.count - offset }

  /// Fails unless `count` items of `size` bytes are left. The product may be as large as it likes.
  func require(_ count: Int, of size: Int, _ what: String) throws(TransformerError) {
    let (needed, overflow) = count.multipliedReportingOverflow(by: size)
    guard !overflow, needed <= remaining else {
      let amount = overflow ? "more bytes than can be counted" : "\(needed) bytes"
      throw TransformerError(
        .truncated, "\(what): expected \(amount), found \(remaining) before the end of the file", byte: offset)
    }
  }

  /// Reads a signed 32-bit integer.
  mutating func readInt32(_ what: String) throws(TransformerError) -> Int {
    Int(Int32(truncatingIfNeeded: try readUInt32(what)))
  }

  /// Reads an unsigned 32-bit integer.
  mutating func readUInt32(_ what: String) throws(TransformerError) -> Int {
    try require(1, of: 4, what)
    let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
    offset += 4
    return Int(UInt32(littleEndian: value))
  }

  /// Reads an unsigned 64-bit integer.
  mutating func readUInt64(_ what: String) throws(TransformerError) -> UInt64 {
    try require(1, of: 8, what)
    let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    offset += 8
    return UInt64(littleEndian: value)
  }

  /// Reads a given number of bytes as UTF-8 text.
  mutating func readText(byteCount: Int, _ what: String) throws(TransformerError) -> String {
    try require(byteCount, of: 1, what)
    guard let text = String(validating: bytes[offset..<offset + byteCount], as: UTF8.self) else {
      throw TransformerError(.malformed, "\(what): expected UTF-8 text", byte: offset)
    }
    offset += byteCount
    return text
  }

  /// Reads a matrix of finite binary64 numbers, row-major.
  mutating func readMatrix(rows: Int, columns: Int, _ what: String) throws(TransformerError) -> Matrix {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    try require(overflow ? Int.max : count, of: 8, what)
    let start = offset
    let elements = bytes.withUnsafeBytes { source in
      [Double](unsafeUninitializedCapacity: count) { target, filled in
        for index in 0..<count {
          let pattern = source.loadUnaligned(fromByteOffset: start + 8 * index, as: UInt64.self)
          target.initializeElement(at: index, to: Double(bitPattern: UInt64(littleEndian: pattern)))
        }
        filled = count
      }
    }
    offset += 8 * count
    if let bad = elements.firstIndex(where: { !$0.isFinite }) {
      throw TransformerError(
        .inconsistent, "\(what): expected a finite weight, found \(elements[bad])", byte: start + 8 * bad)
    }
    guard let matrix = Matrix(rows: rows, columns: columns, elements: elements) else {
      throw TransformerError(.inconsistent, "\(what): expected \(rows) × \(columns) weights", byte: start)
    }
    return matrix
  }
}
