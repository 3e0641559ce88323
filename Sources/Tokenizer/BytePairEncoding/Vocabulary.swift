/// The model's tokens: their ids, their bytes and their names.
struct Vocabulary: Sendable {
  /// Ids above this are refused, so that a malformed file cannot ask for an endless table.
  static let greatestID = 1 << 24

  /// The bytes of every token, searchable where the name is made of the byte-level alphabet.
  private(set) var table: ByteStringTable
  /// Tokens whose names are not made of the alphabet: they stand for their own UTF-8, and no merge can make them.
  private var idsOfOthers: [[UInt8]: Int] = [:]
  private var namesOfOthers: [Int: [UInt8]] = [:]

  init(expecting count: Int) { table = ByteStringTable(expecting: count) }

  /// Adds a token under its name in the byte-level alphabet, UTF-8.
  mutating func insert(_ name: [UInt8], id: Int) {
    var bytes: [UInt8] = []
    if ByteLevelAlphabet.decode(name[...], into: &bytes) {
      table.insert(bytes, id: id, isSearchable: true)
    } else {
      table.insert(name, id: id, isSearchable: false)
      idsOfOthers[name] = id
      namesOfOthers[id] = name
    }
  }

  /// The id of the token of that name, UTF-8.
  func id(ofToken name: ArraySlice<UInt8>) -> Int? {
    var bytes: [UInt8] = []
    guard ByteLevelAlphabet.decode(name, into: &bytes) else { return idsOfOthers[Array(name)] }
    return bytes.withUnsafeBufferPointer(table.id)
  }

  /// The name of the token with that id.
  func name(of id: Int) -> String? {
    if let name = namesOfOthers[id] { return String(decoding: name, as: UTF8.self) }
    return table[id].map { ByteLevelAlphabet.encode($0) }
  }
}
