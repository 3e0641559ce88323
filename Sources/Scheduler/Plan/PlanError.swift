import Files

/// What is wrong with a plan: the first thing found, and where.
public struct PlanError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of mistake.
  public enum Kind: Hashable, Sendable {
    /// The file cannot be read as text.
    case unreadable(String)
    /// The text is not YAML, or uses more of YAML than plans do.
    case malformed(String)
    /// A field is not there.
    case missingField(String)
    /// A field is there that plans do not have.
    case unknownField(String)
    /// A field holds something else than what it should.
    case wrongValue(field: String, expected: String)
    /// A name that the graph does not have.
    case unknownName(String)
    /// An operation of the graph is nowhere in the plan.
    case missingOperation(String)
    /// An operation is in the plan twice.
    case repeatedOperation(String)
    /// An operation stands in a list for operations of another kind.
    case wrongList(operation: String, list: String)
    /// A constraint of schedules is broken.
    case constraint(ScheduleError.Kind)
    /// The stream that the plan lays out does not work.
    case stream(StreamError.Kind)
    /// A figure or a set is not what follows from the placements.
    case differs(field: String, expected: String)
  }

  public let kind: Kind
  /// The file's name, as the caller gave it.
  public let file: String
  /// From 1; nil when the mistake has no line of its own.
  public let line: Int?

  public init(_ kind: Kind, file: String, line: Int? = nil) {
    self.kind = kind
    self.file = file
    self.line = line
  }

  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return "\(place): \(message)".oneLine
  }

  private var message: String {
    switch kind {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .malformed(let reason): "is no plan: \(reason)"
    case .missingField(let field): "has no field '\(field)'"
    case .unknownField(let field): "plans have no field '\(field)' here"
    case .wrongValue(let field, let expected): "'\(field)' should be \(expected)"
    case .unknownName(let name): "the graph has nothing called '\(name)'"
    case .missingOperation(let name): "operation '\(name)' of the graph is missing"
    case .repeatedOperation(let name): "operation '\(name)' is here a second time"
    case .wrongList(let operation, let list): "operation '\(operation)' cannot be among the \(list)"
    case .constraint(let kind): ScheduleError(kind).description
    case .stream(let kind): StreamError(kind).description
    case .differs(let field, let expected): "'\(field)' should be \(expected), which follows from the placements"
    }
  }
}
