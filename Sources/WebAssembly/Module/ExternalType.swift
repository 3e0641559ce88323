/// The type of what a module imports or another one offers, as imports are compared by it.
public enum ExternalType: Hashable, Sendable {
  case function(FunctionType)
  /// The limits count elements.
  case table(Limits)
  /// The limits count pages.
  case memory(Limits)
  case global(GlobalType)

  /// Whether something of this type may be imported where `wanted` is asked for: section 4.5.4 of the specification of 2019,
  /// "Import Matching".
  ///
  /// Of functions and globals the types must be equal. Tables and memories must be at least as large as is asked for, and, if an
  /// upper limit is asked for, must have one that is no higher.
  public func matches(_ wanted: ExternalType) -> Bool {
    switch (self, wanted) {
    case (.function(let own), .function(let other)): own == other
    case (.global(let own), .global(let other)): own == other
    case (.table(let own), .table(let other)), (.memory(let own), .memory(let other)): own.matches(other)
    default: false
    }
  }
}

extension Limits {
  fileprivate func matches(_ wanted: Limits) -> Bool {
    guard minimum >= wanted.minimum else { return false }
    guard let most = wanted.maximum else { return true }
    return maximum.map { $0 <= most } ?? false
  }
}

extension Module {
  /// The type that an import must have; nil for a function of a type that the module does not have.
  public func type(of entry: Import) -> ExternalType? {
    switch entry.kind {
    case .function(let index): index < types.count ? .function(types[Int(index)]) : nil
    case .table(let type): .table(type.limits)
    case .memory(let type): .memory(type.limits)
    case .global(let type): .global(type)
    }
  }
}

extension ExternalType: CustomStringConvertible {
  /// In words, as what something is: `a memory of 1 to 2 pages`.
  public var description: String {
    switch self {
    case .function(let type): "a function that takes \(list(type.parameters)) and gives \(list(type.results))"
    case .table(let limits): "a table of \(range(limits)) elements"
    case .memory(let limits): "a memory of \(range(limits)) pages"
    case .global(let type): "\(type.isMutable ? "a mutable" : "an immutable") global of type \(type.value.rawValue)"
    }
  }

  private func list(_ types: [ValueType]) -> String {
    types.isEmpty ? "nothing" : types.map(\.rawValue).joined(separator: " ")
  }

  private func range(_ limits: Limits) -> String {
    limits.maximum.map { "\(limits.minimum) to \($0)" } ?? "at least \(limits.minimum)"
  }
}
