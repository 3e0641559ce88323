/// A Unicode scalar read from UTF-8 that is known to be well formed.
struct DecodedScalar {
  /// The scalar's value.
  let value: Int
  /// The bytes that it takes, 1 to 4.
  let length: Int

  /// The scalar whose first byte is `text[offset]`; `text` must be well-formed UTF-8 and hold all of it.
  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) {
    let lead = Int(text[offset])
    if lead < 0x80 {
      (value, length) = (lead, 1)
    } else if lead < 0xE0 {
      (value, length) = ((lead & 0x1F) << 6 | Int(text[offset + 1]) & 0x3F, 2)
    } else if lead < 0xF0 {
      let middle = (Int(text[offset + 1]) & 0x3F) << 6
      (value, length) = ((lead & 0x0F) << 12 | middle | Int(text[offset + 2]) & 0x3F, 3)
    } else {
      let middle = (Int(text[offset + 1]) & 0x3F) << 12 | (Int(text[offset + 2]) & 0x3F) << 6
      (value, length) = ((lead & 0x07) << 18 | middle | Int(text[offset + 3]) & 0x3F, 4)
    }
  }

  /// The scalar that ends just before `text[offset]`; `offset` must be past the start.
  static func last(of text: UnsafeBufferPointer<UInt8>, before offset: Int) -> DecodedScalar {
    var start = offset - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return DecodedScalar(text, at: start)
  }
}
