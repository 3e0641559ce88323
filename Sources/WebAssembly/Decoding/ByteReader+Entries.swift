// The entries of the sections, one function each. Segments have a file of their own.
extension ByteReader {
  /// Reads the contents of a custom section, which are as long as the section is.
  mutating func customSection(at start: Int) throws(DecodingError) -> CustomSection {
    let name = try name("the name of a custom section")
    return CustomSection(name: name, contents: [UInt8](remainder()), offset: start)
  }

  /// Reads an import.
  mutating func importEntry() throws(DecodingError) -> Import {
    let start = position
    let module = try name("the module name of an import")
    let name = try name("the name of an import")
    return Import(module: module, name: name, kind: try importKind(), offset: start)
  }

  private mutating func importKind() throws(DecodingError) -> Import.Kind {
    let start = position
    switch try byte("the kind of an import") {
    case 0: return .function(try u32("the type of an imported function"))
    case 1: return .table(try tableType())
    case 2: return .memory(try memoryType())
    case 3: return .global(try globalType())
    default: throw error(.importKind, at: start, expected: "function (0), table (1), memory (2) or global (3)")
    }
  }

  /// Reads an export.
  mutating func exportEntry() throws(DecodingError) -> Export {
    let start = position
    let name = try name("the name of an export")
    return Export(name: name, kind: try exportKind(), offset: start)
  }

  private mutating func exportKind() throws(DecodingError) -> Export.Kind {
    let start = position
    let kind = try byte("the kind of an export")
    guard kind <= 3 else {
      throw error(.exportKind, at: start, expected: "function (0), table (1), memory (2) or global (3)")
    }
    let index = try u32("the index of an export")
    return switch kind {
    case 0: .function(index)
    case 1: .table(index)
    case 2: .memory(index)
    default: .global(index)
    }
  }

  /// Reads a global.
  mutating func global() throws(DecodingError) -> Global {
    let start = position
    let type = try globalType()
    return Global(type: type, initialValue: try expression(), offset: start)
  }

  /// Reads the function to start with.
  mutating func start() throws(DecodingError) -> Start {
    let start = position
    return Start(function: try u32("the index of the start function"), offset: start)
  }

  /// Reads the locals and the body of a function of `type`.
  ///
  /// An instruction that names a data segment needs a data count section (`mayNameData`).
  mutating func function(type: TypeIndex, mayNameData: Bool) throws(DecodingError) -> Function {
    let start = position
    return try sized("a function body") { reader throws(DecodingError) in
      let locals = try reader.locals()
      let body = try reader.expression()
      if !mayNameData, let user = body.first(where: \.namesData) {
        let expected = "a data count section before \(user.name)"
        throw reader.error(.dataCountRequired, at: user.offset, expected: expected)
      }
      return Function(type: type, locals: locals, body: body, offset: start)
    }
  }

  private mutating func locals() throws(DecodingError) -> [Function.LocalRun] {
    var total: UInt64 = 0
    return try vector(of: "runs of locals") { reader throws(DecodingError) in
      let start = reader.position
      let count = try reader.u32("the number of locals of one type")
      total += UInt64(count)
      guard total <= UInt64(UInt32.max) else {
        throw reader.error(.tooManyLocals, at: start, expected: "at most \(UInt32.max) locals instead of \(total)")
      }
      return Function.LocalRun(count: count, type: try reader.valueType("the type of locals"))
    }
  }
}

extension Instruction {
  /// Whether an immediate is the index of a data segment.
  fileprivate var namesData: Bool {
    switch operation {
    case .memoryInit, .dataDrop: true
    default: false
    }
  }
}
