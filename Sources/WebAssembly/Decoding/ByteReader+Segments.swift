extension ByteReader {
  /// Reads an element segment.
  ///
  /// The first integer is made of flags: bit 0, not active; bit 1, an explicit table or, if not active, declarative;
  /// bit 2, expressions instead of function indices.
  mutating func elementSegment() throws(DecodingError) -> ElementSegment {
    let start = position
    let flags = try u32("the kind of an element segment")
    guard flags <= 7 else {
      throw error(.elementSegmentKind, at: start, expected: "the kind of an element segment, 0 to 7")
    }
    let isActive = flags & 1 == 0
    let hasSecondFlag = flags & 2 != 0
    let hasExpressions = flags & 4 != 0

    let mode: ElementSegment.Mode
    if isActive {
      let table = hasSecondFlag ? try u32("the table of an element segment") : 0
      mode = .active(table: table, offset: try expression())
    } else {
      mode = hasSecondFlag ? .declarative : .passive
    }
    if !isActive || hasSecondFlag { try elementType(ofExpressions: hasExpressions) }
    let references = try vector(of: "references of an element segment") { reader throws(DecodingError) in
      hasExpressions ? try reader.elementExpression() : try reader.u32("the index of a function")
    }
    return ElementSegment(mode: mode, references: references, offset: start)
  }

  /// Reads the type of an element segment's references: a reference type for expressions, else an element kind.
  private mutating func elementType(ofExpressions: Bool) throws(DecodingError) {
    guard !ofExpressions else { return try referenceType("the type of an element segment") }
    let start = position
    guard try byte("the element kind of an element segment") == 0 else {
      throw error(.elementKind, at: start, expected: "the element kind funcref (0)")
    }
  }

  /// Reads one reference of an element segment, written as a constant expression: `nil` for a null reference.
  private mutating func elementExpression() throws(DecodingError) -> FunctionIndex? {
    let start = position
    let function: FunctionIndex?
    switch try byte("ref.null or ref.func") {
    case 0xD0:
      try referenceType("the type of ref.null")
      function = nil
    case 0xD2: function = try u32("the index of ref.func")
    default: throw error(.illegalOpcode, at: start, expected: "ref.null (0xd0) or ref.func (0xd2)")
    }
    let end = position
    guard try byte("the end of an element expression") == 0x0B else {
      throw error(.endOpcode, at: end, expected: "the end (0x0b) of an element expression")
    }
    return function
  }

  /// Reads a data segment.
  mutating func dataSegment() throws(DecodingError) -> DataSegment {
    let start = position
    let mode: DataSegment.Mode
    switch try u32("the kind of a data segment") {
    case 0: mode = .active(memory: 0, offset: try expression())
    case 1: mode = .passive
    case 2:
      let memory = try u32("the memory of a data segment")
      mode = .active(memory: memory, offset: try expression())
    default: throw error(.dataSegmentKind, at: start, expected: "the kind of a data segment, 0 to 2")
    }
    return DataSegment(mode: mode, bytes: try byteVector("the bytes of a data segment"), offset: start)
  }
}
