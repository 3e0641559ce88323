/// A choice that has a name in configurations.
protocol NamedCode: CaseIterable {
  var name: String { get }
}

extension TransformerLayer.TieRule: NamedCode {
  /// The rule's name in configurations.
  var name: String {
    switch self {
    case .average: "average"
    case .latest: "latest"
    }
  }
}

extension TransformerLayer.HeadRole: NamedCode {
  /// The role's name in configurations.
  var name: String {
    switch self {
    case .lookup: "lookup"
    case .passthrough: "passthrough"
    case .gather: "gather"
    }
  }
}
