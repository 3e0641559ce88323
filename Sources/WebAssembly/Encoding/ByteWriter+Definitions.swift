// The entries of the sections.
extension ByteWriter {
  mutating func append(_ item: Import) {
    append(item.module)
    append(item.name)
    switch item.kind {
    case .function(let type):
      append(0)
      append(unsigned: type)
    case .table(let type):
      append(1)
      append(type)
    case .memory(let type):
      append(2)
      append(type.limits)
    case .global(let type):
      append(3)
      append(type)
    }
  }

  mutating func append(_ item: Export) {
    append(item.name)
    let (kind, index): (UInt8, UInt32) =
      switch item.kind {
      case .function(let index): (0, index)
      case .table(let index): (1, index)
      case .memory(let index): (2, index)
      case .global(let index): (3, index)
      }
    append(kind)
    append(unsigned: index)
  }

  mutating func append(_ global: Global) {
    append(global.type)
    append(global.initialValue)
  }

  /// The locals and the body of a function, after their size.
  mutating func append(_ function: Function) {
    appendSized { writer in
      writer.appendVector(function.locals) {
        $0.append(unsigned: $1.count)
        $0.append($1.type)
      }
      writer.append(function.body)
    }
  }

  /// An element segment. Its kind is flags: 1, not active; 2, a table or, if not active, declarative; 4, expressions in the place
  /// of indices, without which there is no null reference.
  mutating func append(_ segment: ElementSegment) {
    let hasExpressions = segment.references.contains(nil)
    let form: UInt32 = hasExpressions ? 4 : 0
    switch segment.mode {
    case .active(0, let offset):
      append(unsigned: form)
      append(offset)
    case .active(let table, let offset):
      append(unsigned: form | 2)
      append(unsigned: table)
      append(offset)
      appendElementType(hasExpressions)
    case .passive, .declarative:
      append(unsigned: form | (segment.mode == .passive ? 1 : 3))
      appendElementType(hasExpressions)
    }
    appendVector(segment.references) { $0.append(reference: $1, asExpression: hasExpressions) }
  }

  private mutating func appendElementType(_ hasExpressions: Bool) {
    if hasExpressions { appendFuncref() } else { append(0) }
  }

  private mutating func append(reference: FunctionIndex?, asExpression: Bool) {
    guard asExpression else { return append(unsigned: reference ?? 0) }
    if let reference {
      append(0xD2)
      append(unsigned: reference)
    } else {
      append(0xD0)
      appendFuncref()
    }
    append(0x0B)
  }

  mutating func append(_ segment: DataSegment) {
    switch segment.mode {
    case .active(0, let offset):
      append(0)
      append(offset)
    case .active(let memory, let offset):
      append(2)
      append(unsigned: memory)
      append(offset)
    case .passive:
      append(1)
    }
    appendSized { $0.append(segment.bytes) }
  }
}
