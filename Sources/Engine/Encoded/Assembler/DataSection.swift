/// What code reads and nobody writes: constants, each kept once, and tables.
package struct DataSection: Sendable {
  /// A place in the data, in bytes from their beginning.
  package typealias Offset = Int32

  package private(set) var bytes: [UInt8] = []
  private var offsetOfWord: [UInt64: Offset] = [:]

  package init() {}

  /// The place of a number.
  package mutating func constant(_ number: Double) -> Offset {
    word(number.bitPattern)
  }

  /// The place of a word of 8 bytes, such as a function's address.
  package mutating func word(_ word: UInt64) -> Offset {
    if let known = offsetOfWord[word] { return known }
    let offset = table([word])
    offsetOfWord[word] = offset
    return offset
  }

  /// Adds a table; the place of its first element.
  package mutating func table<Element: BitwiseCopyable>(_ elements: [Element]) -> Offset {
    while bytes.count % MemoryLayout<Element>.alignment != 0 { bytes.append(0) }
    let offset = Offset(truncatingIfNeeded: bytes.count)
    elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
    return offset
  }
}
