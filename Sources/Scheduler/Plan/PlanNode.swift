import Yams

/// A node of a YAML document, with questions that say in the plan's terms what is wrong.
struct PlanNode {
  let node: Node
  let file: String

  var line: Int? { node.mark?.line }

  func error(_ kind: PlanError.Kind) -> PlanError {
    PlanError(kind, file: file, line: line)
  }

  /// The fields of a mapping, which are exactly these.
  func fields(_ names: [String], of what: String) throws(PlanError) -> [String: PlanNode] {
    var fields: [String: PlanNode] = [:]
    for (key, value) in try pairs(of: what) {
      guard names.contains(key.value) else {
        throw PlanError(.unknownField(key.value), file: file, line: key.line)
      }
      fields[key.value] = value
    }
    for name in names where fields[name] == nil { throw error(.missingField(name)) }
    return fields
  }

  /// The entries of a mapping in their order.
  func pairs(of field: String) throws(PlanError) -> [(key: Located<String>, value: PlanNode)] {
    guard case .mapping(let mapping) = node else {
      throw error(.wrongValue(field: field, expected: "a mapping"))
    }
    var pairs: [(Located<String>, PlanNode)] = []
    for (key, value) in mapping {
      pairs.append((try PlanNode(node: key, file: file).text(of: field), PlanNode(node: value, file: file)))
    }
    return pairs
  }

  /// The entries of a sequence.
  func items(of field: String) throws(PlanError) -> [PlanNode] {
    guard case .sequence(let sequence) = node else {
      throw error(.wrongValue(field: field, expected: "a list"))
    }
    return sequence.map { PlanNode(node: $0, file: file) }
  }

  /// The names in a sequence.
  func names(of field: String) throws(PlanError) -> [Located<String>] {
    var names: [Located<String>] = []
    for item in try items(of: field) { names.append(try item.text(of: field)) }
    return names
  }

  func text(of field: String) throws(PlanError) -> Located<String> {
    guard case .scalar(let scalar) = node else { throw error(.wrongValue(field: field, expected: "a name")) }
    return Located(scalar.string, line: line ?? 0)
  }

  /// A whole number from 0 to a million.
  func count(of field: String) throws(PlanError) -> Located<Int> {
    guard case .scalar(let scalar) = node, let value = Int(scalar.string), (0...1_000_000).contains(value) else {
      throw error(.wrongValue(field: field, expected: "a whole number from 0 to 1000000"))
    }
    return Located(value, line: line ?? 0)
  }
}
