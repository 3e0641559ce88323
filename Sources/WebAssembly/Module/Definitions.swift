/// Something the host must supply.
public struct Import: Hashable, Sendable {
  /// What is imported, with the type it must have.
  public enum Kind: Hashable, Sendable {
    case function(TypeIndex)
    case table(TableType)
    case memory(MemoryType)
    case global(GlobalType)
  }

  /// The name of the module to import from.
  public var module: Name
  /// The name within that module.
  public var name: Name
  /// What is imported.
  public var kind: Kind
  /// Where the import stands in the file.
  public var offset: Int

  /// An import of `kind` called `name` in `module`, declared at `offset`.
  public init(module: Name, name: Name, kind: Kind, offset: Int) {
    self.module = module
    self.name = name
    self.kind = kind
    self.offset = offset
  }
}

/// Something offered to the host under a name.
public struct Export: Hashable, Sendable {
  /// What is exported, by its index.
  public enum Kind: Hashable, Sendable {
    case function(FunctionIndex)
    case table(TableIndex)
    case memory(MemoryIndex)
    case global(GlobalIndex)
  }

  /// The name.
  public var name: Name
  /// What is exported.
  public var kind: Kind
  /// Where the export stands in the file.
  public var offset: Int

  /// An export of `kind` under `name`, declared at `offset`.
  public init(name: Name, kind: Kind, offset: Int) {
    self.name = name
    self.kind = kind
    self.offset = offset
  }
}

/// A global variable.
public struct Global: Hashable, Sendable {
  /// The type.
  public var type: GlobalType
  /// The constant expression of the first value, its final `end` included.
  public var initialValue: [Instruction]
  /// Where the global stands in the file.
  public var offset: Int

  /// A global of `type` that starts with `initialValue`, declared at `offset`.
  public init(type: GlobalType, initialValue: [Instruction], offset: Int) {
    self.type = type
    self.initialValue = initialValue
    self.offset = offset
  }
}

/// A function with a body.
public struct Function: Hashable, Sendable {
  /// Consecutive locals of one type, as the file declares them.
  public struct LocalRun: Hashable, Sendable {
    /// How many locals, 0 included.
    public var count: UInt32
    /// Their type.
    public var type: ValueType

    /// `count` locals of `type`.
    public init(count: UInt32, type: ValueType) {
      self.count = count
      self.type = type
    }
  }

  /// The function's type.
  public var type: TypeIndex
  /// The locals that follow the parameters, in runs. The counts add up to at most 2³² − 1.
  public var locals: [LocalRun]
  /// The instructions. Structured instructions are balanced; the last instruction is the `end` of the function itself.
  public var body: [Instruction]
  /// Where the body's size stands in the file.
  public var offset: Int

  /// A function of `type` with `locals` and `body`, whose code is at `offset`.
  public init(type: TypeIndex, locals: [LocalRun], body: [Instruction], offset: Int) {
    self.type = type
    self.locals = locals
    self.body = body
    self.offset = offset
  }

  /// The number of locals, parameters not counted: at most 2³² − 1.
  public var localCount: Int { locals.reduce(0) { $0 + Int($1.count) } }
}
