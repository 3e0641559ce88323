import Transformer

/// A head that has to be searched, by the registers it reads.
struct AttendingHead: Hashable, Sendable {
  let key: RegisterPair
  let query: RegisterPair
  let values: RegisterPair
  let rule: TransformerLayer.TieRule
  let kind: HeadKind
  let use: HeadUse
}

extension AttendingHead {
  /// One of the two values.
  func value(second: Bool) -> Register {
    second ? values.y : values.x
  }

  /// What must be known, besides the values, to decide where the head attends.
  var searchedRegisters: [Register] {
    switch kind {
    case .line(.x): [key.x, query.x]
    case .line(.y): [key.y, query.y]
    case .gather: [query.x, query.y]
    case .hull: [key.x, key.y, query.x, query.y]
    }
  }
}
