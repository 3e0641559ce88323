/// The sections of a module, by the byte that introduces them.
enum SectionID: UInt8 {
  case custom, type, `import`, function, table, memory, global, export, start, element, code, data, dataCount

  /// The place in the order that the sections must have. Custom sections may stand anywhere.
  ///
  /// The data count was added later: it comes before the code, so that a body can be checked in one pass.
  var rank: Int? {
    switch self {
    case .custom: nil
    case .dataCount: 2 * Int(SectionID.element.rawValue) + 1
    default: 2 * Int(rawValue)
    }
  }

  /// The section's name in the specification.
  var name: String { self == .dataCount ? "data count" : "\(self)" }
}
