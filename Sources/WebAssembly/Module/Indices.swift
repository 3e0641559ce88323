/// An index into `Module.types`.
public typealias TypeIndex = UInt32
/// An index into the functions, imported ones first.
public typealias FunctionIndex = UInt32
/// An index into the tables, imported ones first.
public typealias TableIndex = UInt32
/// An index into the memories, imported ones first.
public typealias MemoryIndex = UInt32
/// An index into the globals, imported ones first.
public typealias GlobalIndex = UInt32
/// An index into a function's parameters followed by its locals.
public typealias LocalIndex = UInt32
/// The number of enclosing structured instructions to leave out: 0 is the innermost, the outermost is the function.
public typealias LabelIndex = UInt32
/// An index into `Module.elements`.
public typealias ElementIndex = UInt32
/// An index into `Module.data`.
public typealias DataIndex = UInt32
