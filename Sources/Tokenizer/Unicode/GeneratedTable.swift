/// A generated table in text form: words of hexadecimal numbers joined by `-`, separated by spaces and line ends.
struct GeneratedTable {
  let text: StaticString

  init(_ text: StaticString) { self.text = text }

  /// Calls `body` with the numbers of each word, in order.
  func forEachWord(_ body: (_ numbers: [UInt32]) -> Void) {
    var numbers: [UInt32] = []
    var number: UInt32?
    func endNumber() {
      if let number { numbers.append(number) }
      number = nil
    }
    func endWord() {
      endNumber()
      if !numbers.isEmpty { body(numbers) }
      numbers.removeAll(keepingCapacity: true)
    }
    text.withUTF8Buffer { bytes in
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): number = (number ?? 0) << 4 | UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): number = (number ?? 0) << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "-"): endNumber()
        default: endWord()
        }
      }
      endWord()
    }
  }
}
