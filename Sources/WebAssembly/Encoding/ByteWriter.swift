/// Bytes of the binary format in the making.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
  }

  mutating func append(_ bytes: some Sequence<UInt8>) {
    self.bytes.append(contentsOf: bytes)
  }

  /// An unsigned integer in LEB128, in as few bytes as it takes.
  mutating func append(unsigned value: UInt32) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// A signed integer in LEB128, in as few bytes as it takes.
  mutating func append(signed value: Int64) {
    var rest = value
    while !(-0x40..<0x40).contains(rest) {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest) & 0x7F)
  }

  /// The bytes of an integer, the least significant first.
  mutating func append(littleEndian value: some FixedWidthInteger & UnsignedInteger) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  /// What `write` writes, after its size.
  mutating func appendSized(_ write: (inout ByteWriter) -> Void) {
    var contents = ByteWriter()
    write(&contents)
    append(unsigned: UInt32(truncatingIfNeeded: contents.bytes.count))
    append(contents.bytes)
  }

  /// How many elements there are, then each.
  mutating func appendVector<Element>(_ elements: [Element], _ write: (inout ByteWriter, Element) -> Void) {
    append(unsigned: UInt32(truncatingIfNeeded: elements.count))
    for element in elements { write(&self, element) }
  }

  mutating func append(_ name: Name) {
    appendSized { $0.append(name.text.utf8) }
  }
}
