/// Bytes on their way to be text: those of a character that is not complete are held until it is.
struct HeldBytes {
  private var held: [UInt8] = []

  /// The text of the bytes that there are, as far as its last character cannot change any more; what is no UTF-8 becomes U+FFFD.
  mutating func take(_ bytes: [UInt8]) -> String {
    held += bytes
    let end = held.count - Self.incompleteCount(held)
    defer { held.removeFirst(end) }
    return String(decoding: held[..<end], as: UTF8.self)
  }

  /// The text of what is held.
  mutating func rest() -> String {
    defer { held = [] }
    return String(decoding: held, as: UTF8.self)
  }

  /// How many last bytes begin a character and do not end it.
  private static func incompleteCount(_ bytes: [UInt8]) -> Int {
    for count in 1...3 where count <= bytes.count {
      let byte = bytes[bytes.count - count]
      if byte & 0xc0 == 0x80 { continue }
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      return length > count ? count : 0
    }
    return 0
  }
}
