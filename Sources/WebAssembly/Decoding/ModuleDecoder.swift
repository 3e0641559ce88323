/// The state of decoding a module: what has been read of it, and from where to read on.
struct ModuleDecoder {
  /// Where the file is read.
  var reader: ByteReader
  /// What has been read.
  var module = Module()
  /// The function section's types. The bodies follow later, in the code section.
  var functionTypes: [TypeIndex] = []

  /// A decoder of `bytes`.
  init(_ bytes: [UInt8], acceptsLongZeros: Bool) {
    reader = ByteReader(bytes, acceptsLongZeros: acceptsLongZeros)
  }

  /// Reads the whole file.
  mutating func decode() throws(DecodingError) -> Module {
    try header()
    var lastRank = 0
    while !reader.isAtEnd { try section(after: &lastRank) }
    try checkCounts()
    return module
  }

  private mutating func header() throws(DecodingError) {
    guard try reader.slice(4, "the magic header").elementsEqual([0x00, 0x61, 0x73, 0x6D]) else {
      throw reader.error(.magicHeader, at: 0, expected: "the bytes 00 61 73 6d (\\0asm)")
    }
    guard try reader.littleEndian(4, "the binary version") == 1 else {
      throw reader.error(.version, at: 4, expected: "binary version 1")
    }
  }

  private mutating func section(after lastRank: inout Int) throws(DecodingError) {
    let start = reader.position
    guard let id = SectionID(rawValue: try reader.byte("a section id")) else {
      throw reader.error(.sectionID, at: start, expected: "a section id, 0 to \(SectionID.dataCount.rawValue)")
    }
    if let rank = id.rank {
      guard rank > lastRank else {
        throw reader.error(
          .junkAfterLastSection, at: start, expected: "each section once and in order, not \(id.name) here")
      }
      lastRank = rank
    }
    try contents(of: id, at: start)
  }

  /// Compares the counts that one section gives for another, in case the other is missing.
  private func checkCounts() throws(DecodingError) {
    guard functionTypes.count == module.functions.count else {
      throw reader.error(.inconsistentCode, expected: "a code section with \(functionTypes.count) function bodies")
    }
    if let count = module.dataCount, count != module.data.count {
      throw reader.error(.inconsistentData, expected: "a data section with \(count) segments")
    }
  }
}
