extension Module {
  /// The module in the binary format, integers in as few bytes as they take, custom sections at the end.
  ///
  /// Decoding gives the same definitions, at other offsets. The module need not be valid.
  ///
  ///     let bytes = module.encoded()
  ///     let again = try Module(decoding: bytes)
  ///
  /// - Complexity: Time and memory proportional to the size of the module.
  public func encoded() -> [UInt8] {
    var file = ByteWriter()
    file.append([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00])
    file.append(.type, of: types) { $0.append($1) }
    file.append(.import, of: imports) { $0.append($1) }
    file.append(.function, of: functions) { $0.append(unsigned: $1.type) }
    file.append(.table, of: tables) { $0.append($1) }
    file.append(.memory, of: memories) { $0.append($1.limits) }
    file.append(.global, of: globals) { $0.append($1) }
    file.append(.export, of: exports) { $0.append($1) }
    if let start { file.append(.start) { $0.append(unsigned: start.function) } }
    file.append(.element, of: elements) { $0.append($1) }
    if let dataCount { file.append(.dataCount) { $0.append(unsigned: dataCount) } }
    file.append(.code, of: functions) { $0.append($1) }
    file.append(.data, of: data) { $0.append($1) }
    for section in customSections {
      file.append(.custom) {
        $0.append(section.name)
        $0.append(section.contents)
      }
    }
    return file.bytes
  }
}

extension ByteWriter {
  /// A section with its size.
  fileprivate mutating func append(_ id: SectionID, _ write: (inout ByteWriter) -> Void) {
    append(id.rawValue)
    appendSized(write)
  }

  /// A section that is a vector; none when there are no elements.
  fileprivate mutating func append<Element>(
    _ id: SectionID, of elements: [Element], _ write: (inout ByteWriter, Element) -> Void
  ) {
    guard !elements.isEmpty else { return }
    append(id) { $0.appendVector(elements, write) }
  }
}
