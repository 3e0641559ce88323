/// The type of a value: of an operand, a local, a global, a parameter or a result.
///
/// The raw value is the name in the text format.
public enum ValueType: String, Hashable, Sendable, CaseIterable {
  case i32, i64, f32, f64
}

/// What a function takes and gives back.
public struct FunctionType: Hashable, Sendable {
  /// The types of the parameters, first to last.
  public var parameters: [ValueType]
  /// The types of the results, first to last; multi-value allows more than one.
  public var results: [ValueType]

  /// The type of functions from `parameters` to `results`.
  public init(parameters: [ValueType], results: [ValueType]) {
    self.parameters = parameters
    self.results = results
  }
}

/// What a structured instruction takes from the operand stack and leaves on it.
public enum BlockType: Hashable, Sendable {
  /// Nothing in, nothing out.
  case empty
  /// Nothing in, one value out.
  case result(ValueType)
  /// The parameters and results of a function type (multi-value).
  case type(TypeIndex)
}

/// The size limits of a table (in elements) or of a memory (in pages of 65,536 bytes).
public struct Limits: Hashable, Sendable {
  /// The size at the start.
  public var minimum: UInt32
  /// The size that growth may reach, where one is given.
  public var maximum: UInt32?

  /// Limits from `minimum` to `maximum`, without an upper bound where that is `nil`.
  public init(minimum: UInt32, maximum: UInt32? = nil) {
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// A table of function references (`funcref`, the only element type of this format).
public struct TableType: Hashable, Sendable {
  /// The size limits, in elements.
  public var limits: Limits
  /// Where the type stands in the file.
  public var offset: Int

  /// A table of `limits`, declared at `offset`.
  public init(limits: Limits, offset: Int) {
    self.limits = limits
    self.offset = offset
  }
}

/// A linear memory.
public struct MemoryType: Hashable, Sendable {
  /// The size limits, in pages of 65,536 bytes.
  public var limits: Limits
  /// Where the type stands in the file.
  public var offset: Int

  /// A memory of `limits`, declared at `offset`.
  public init(limits: Limits, offset: Int) {
    self.limits = limits
    self.offset = offset
  }
}

/// The type of a global variable.
public struct GlobalType: Hashable, Sendable {
  /// The type of the global's value.
  public var value: ValueType
  /// Whether `global.set` may change the value.
  public var isMutable: Bool

  /// A global of type `value`.
  public init(value: ValueType, isMutable: Bool) {
    self.value = value
    self.isMutable = isMutable
  }
}
