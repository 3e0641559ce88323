/// A decoded WebAssembly module: every definition of the file in the file's order.
///
/// Decoding checks the binary format only. Indices may point nowhere and operand types may disagree: that is for
/// validation. Index spaces follow the specification: imports of a kind come first, then the module's own definitions.
public struct Module: Hashable, Sendable {
  /// The function types, by type index.
  public var types: [FunctionType] = []
  /// What the module asks its host for.
  public var imports: [Import] = []
  /// The module's own functions with their bodies. Function index `imported functions + i` is `functions[i]`.
  public var functions: [Function] = []
  /// The module's own tables.
  public var tables: [TableType] = []
  /// The module's own memories.
  public var memories: [MemoryType] = []
  /// The module's own globals.
  public var globals: [Global] = []
  /// What the module offers its host.
  public var exports: [Export] = []
  /// The function to call once the module is instantiated.
  public var start: Start?
  /// The element segments: function references for tables.
  public var elements: [ElementSegment] = []
  /// The data count section's number of data segments, where the section is present.
  public var dataCount: UInt32?
  /// The data segments: bytes for memories.
  public var data: [DataSegment] = []
  /// The custom sections, in the file's order.
  public var customSections: [CustomSection] = []

  /// A module without any definition.
  public init() {}
}

/// A function index named by the start section.
public struct Start: Hashable, Sendable {
  /// Which function is called.
  public var function: FunctionIndex
  /// Where the index stands in the file.
  public var offset: Int

  /// Names `function` as the start function; `offset` is where the file says so.
  public init(function: FunctionIndex, offset: Int) {
    self.function = function
    self.offset = offset
  }
}

/// A section whose meaning the specification leaves open.
public struct CustomSection: Hashable, Sendable {
  /// The section's name; several sections may carry the same one.
  public var name: Name
  /// The bytes after the name.
  public var contents: [UInt8]
  /// Where the section's identifier byte stands in the file.
  public var offset: Int

  /// A custom section `name` with `contents`, found at `offset`.
  public init(name: Name, contents: [UInt8], offset: Int) {
    self.name = name
    self.contents = contents
    self.offset = offset
  }
}
