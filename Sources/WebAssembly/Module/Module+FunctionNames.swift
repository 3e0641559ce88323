extension Module {
  /// The names that the custom section "name" gives functions, as far as it can be read: a module is none the worse for a
  /// section of that name that holds something else.
  package var functionNames: [FunctionIndex: Name] {
    guard let section = customSections.first(where: { $0.name == "name" }) else { return [:] }
    var reader = ByteReader(section.contents)
    var names: [FunctionIndex: Name] = [:]
    while !reader.isAtEnd {
      guard let more = try? reader.functionNames() else { break }
      names.merge(more) { first, _ in first }
    }
    return names
  }
}

extension ByteReader {
  /// Reads a part of the section "name": the names of functions where it is that part, else none.
  fileprivate mutating func functionNames() throws(DecodingError) -> [FunctionIndex: Name] {
    let functionNames: UInt8 = 1
    let part = try byte("a part of the name section")
    return try sized("a part of the name section") { reader throws(DecodingError) in
      guard part == functionNames else {
        _ = reader.remainder()
        return [:]
      }
      let pairs = try reader.vector(of: "function names") { reader throws(DecodingError) in
        (index: try reader.u32("a function index"), name: try reader.name("a function's name"))
      }
      return Dictionary(pairs.map { ($0.index, $0.name) }, uniquingKeysWith: { first, _ in first })
    }
  }
}
