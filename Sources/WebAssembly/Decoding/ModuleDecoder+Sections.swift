extension ModuleDecoder {
  /// Reads the size and the contents of section `id`, whose id stands at `start`.
  mutating func contents(of id: SectionID, at start: Int) throws(DecodingError) {
    switch id {
    case .custom:
      module.customSections.append(
        try sized(id) { reader throws(DecodingError) in try reader.customSection(at: start) })
    case .type:
      module.types = try vector(id) { reader throws(DecodingError) in try reader.functionType() }
    case .import:
      module.imports = try vector(id) { reader throws(DecodingError) in try reader.importEntry() }
    case .function:
      functionTypes = try vector(id) { reader throws(DecodingError) in try reader.u32("the type of a function") }
    case .table:
      module.tables = try vector(id) { reader throws(DecodingError) in try reader.tableType() }
    case .memory:
      module.memories = try vector(id) { reader throws(DecodingError) in try reader.memoryType() }
    case .global:
      module.globals = try vector(id) { reader throws(DecodingError) in try reader.global() }
    case .export:
      module.exports = try vector(id) { reader throws(DecodingError) in try reader.exportEntry() }
    case .start:
      module.start = try sized(id) { reader throws(DecodingError) in try reader.start() }
    case .element:
      module.elements = try vector(id) { reader throws(DecodingError) in try reader.elementSegment() }
    case .dataCount:
      module.dataCount = try sized(id) { reader throws(DecodingError) in try reader.u32("the number of data segments") }
    case .code:
      try codeSection()
    case .data:
      try dataSection()
    }
  }

  private mutating func codeSection() throws(DecodingError) {
    let types = functionTypes
    let mayNameData = module.dataCount != nil
    module.functions = try sized(.code) { reader throws(DecodingError) in
      let start = reader.position
      guard try reader.length("the number of function bodies") == types.count else {
        throw reader.error(.inconsistentCode, at: start, expected: "\(types.count) function bodies")
      }
      var functions: [Function] = []
      for type in types { functions.append(try reader.function(type: type, mayNameData: mayNameData)) }
      return functions
    }
  }

  private mutating func dataSection() throws(DecodingError) {
    let count = module.dataCount
    module.data = try sized(.data) { reader throws(DecodingError) in
      let start = reader.position
      let segments = try reader.vector(of: "data segments") { reader throws(DecodingError) in try reader.dataSegment() }
      if let count, count != segments.count {
        throw reader.error(.inconsistentData, at: start, expected: "\(count) data segments")
      }
      return segments
    }
  }

  private mutating func sized<Contents>(
    _ id: SectionID, _ contents: (inout ByteReader) throws(DecodingError) -> Contents
  ) throws(DecodingError) -> Contents {
    try reader.sized("the \(id.name) section", contents)
  }

  private mutating func vector<Element>(
    _ id: SectionID, _ element: (inout ByteReader) throws(DecodingError) -> Element
  ) throws(DecodingError) -> [Element] {
    try sized(id) { reader throws(DecodingError) in try reader.vector(of: "entries of the \(id.name) section", element)
    }
  }
}
