/// Bytes of the binary format, written without the decoder's help.
enum ModuleBytes {
  /// The magic header and the version.
  static let header: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

  /// An unsigned LEB128 integer of at least `width` bytes.
  static func unsigned(_ value: UInt64, width: Int = 1) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    repeat {
      bytes.append(UInt8(rest & 0x7F))
      rest >>= 7
    } while rest != 0
    return continued(bytes, padding: 0, width: width)
  }

  /// A signed LEB128 integer of at least `width` bytes.
  static func signed(_ value: Int64, width: Int = 1) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    var isComplete = false
    while !isComplete {
      let byte = UInt8(truncatingIfNeeded: rest) & 0x7F
      rest >>= 7
      isComplete = rest == (byte & 0x40 == 0 ? 0 : -1)
      bytes.append(byte)
    }
    return continued(bytes, padding: value < 0 ? 0x7F : 0, width: width)
  }

  private static func continued(_ bytes: [UInt8], padding: UInt8, width: Int) -> [UInt8] {
    let padded = bytes + Array(repeating: padding, count: max(0, width - bytes.count))
    return padded.dropLast().map { $0 | 0x80 } + padded.suffix(1)
  }

  /// `contents` after its size.
  static func sized(_ contents: [UInt8]) -> [UInt8] { unsigned(UInt64(contents.count)) + contents }

  /// A vector of `elements`.
  static func vector(_ elements: [[UInt8]]) -> [UInt8] { unsigned(UInt64(elements.count)) + elements.joined() }

  /// A name.
  static func name(_ text: String) -> [UInt8] { sized(Array(text.utf8)) }

  /// Section `id` with `contents`.
  static func section(_ id: UInt8, _ contents: [UInt8]) -> [UInt8] { [id] + sized(contents) }

  /// Section `id`, a vector of `elements`.
  static func section(_ id: UInt8, of elements: [[UInt8]]) -> [UInt8] { section(id, vector(elements)) }

  /// A module of `sections`.
  static func module(_ sections: [UInt8]...) -> [UInt8] { header + sections.joined() }

  /// A function body without locals around `instructions`, to which the final `end` is added.
  static func body(_ instructions: [UInt8]) -> [UInt8] { sized([0x00] + instructions + [0x0B]) }

  /// A module of one function around `instructions` and a data count section. The body's first instruction stands at
  /// `firstInstruction` when `instructions` are fewer than 120 bytes.
  static func module(around instructions: [UInt8]) -> [UInt8] {
    module(
      section(1, of: [[0x60, 0x00, 0x00]]), section(3, of: [[0x00]]), section(12, [0x00]),
      section(10, of: [body(instructions)]))
  }

  /// Where the body begins in `module(around:)`.
  static let firstInstruction = 8 + 6 + 4 + 3 + 5
}
