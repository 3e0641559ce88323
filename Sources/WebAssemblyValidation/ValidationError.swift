public import WebAssembly

/// Why a well-formed module breaks a rule of the specification, and where.
public struct ValidationError: Error, Hashable, Sendable {
  /// Which rule is broken.
  public var kind: Kind
  /// The index that points nowhere, where the rule is about one.
  public var index: UInt32?
  /// The function whose body breaks the rule, by its index among all functions, imported ones first.
  public var function: FunctionIndex?
  /// Where in the file: the opcode of the instruction, else the start of the definition.
  public var offset: Int
  /// What should have been there, such as `an i32 for i32.eqz instead of f64`.
  public var expected: String

  /// An error of `kind` at `place`, where `expected` should have been.
  public init(_ kind: Kind, index: UInt32? = nil, at place: Place, expected: String) {
    self.kind = kind
    self.index = index
    self.function = place.function
    self.offset = place.offset
    self.expected = expected
  }

  /// Where something stands: at a byte of the file, perhaps inside a function's body.
  public struct Place: Hashable, Sendable {
    /// The function whose body it is, by its index among all functions, imported ones first.
    public var function: FunctionIndex?
    /// The byte of the file.
    public var offset: Int

    /// Byte `offset`, in the body of `function` if that is not `nil`.
    public init(function: FunctionIndex? = nil, offset: Int) {
      self.function = function
      self.offset = offset
    }
  }
}

extension ValidationError {
  /// Which rule is broken. The raw value is the wording of the official test suite, without the index that may follow.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case typeMismatch = "type mismatch"
    case unknownType = "unknown type"
    case unknownFunction = "unknown function"
    case unknownTable = "unknown table"
    case unknownMemory = "unknown memory"
    case unknownGlobal = "unknown global"
    case unknownLocal = "unknown local"
    case unknownLabel = "unknown label"
    case unknownElementSegment = "unknown elem segment"
    case unknownDataSegment = "unknown data segment"
    case immutableGlobal = "global is immutable"
    case alignment = "alignment must not be larger than natural"
    case constantExpression = "constant expression required"
    case minimumAboveMaximum = "size minimum must not be greater than maximum"
    case memorySize = "memory size must be at most 65536 pages (4GiB)"
    case multipleTables = "multiple tables"
    case multipleMemories = "multiple memories"
    case startFunction = "start function"
    case duplicateExport = "duplicate export name"
    /// Constructs and `end` do not pair up, which no decoded module shows.
    case structure = "END opcode expected"
    /// A function type in use is longer than ``FunctionType/maximumArity``. No rule of the specification, but a limit
    /// that it permits.
    case arityLimit = "too many parameters or results"
  }
}

extension ValidationError: CustomStringConvertible {
  /// The rule in the words of the official test suite, with the index that points nowhere: `unknown local 7`.
  public var message: String { kind.rawValue + (index.map { " \($0)" } ?? "") }

  /// One line: the message, where it is in both bases, and what was expected.
  public var description: String {
    let place = "byte \(offset) (0x\(String(offset, radix: 16)))" + (function.map { ", function \($0)" } ?? "")
    return "\(message) at \(place): expected \(expected)"
  }
}
