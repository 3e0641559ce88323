import ChatTemplate

/// Resolves a schema into the ways of satisfying it: references followed, `allOf` merged, `anyOf` and `oneOf` spread out.
struct SchemaAlternatives {
  /// The most ways of satisfying one schema, and the most references followed on the way.
  private static let limit = 512
  private static let depthLimit = 64
  /// The most schemas that are looked at.
  private static let workLimit = 30_000
  /// The most members, values and parts of them that are looked at, each as often as that happens.
  private static let entryLimit = 1_000_000

  let document: SchemaDocument
  private var work = 0
  private var entries = 0

  init(_ document: SchemaDocument) { self.document = document }

  /// All ways of satisfying a schema; none for `false`.
  mutating func resolve(_ schema: Subschema) throws(GrammarError) -> [Assertions] {
    try resolve(schema, depth: 0)
  }

  private mutating func resolve(_ schema: Subschema, depth: Int) throws(GrammarError) -> [Assertions] {
    work += 1
    guard work <= Self.workLimit else {
      throw schema.error(.tooLarge, nil, "expected a schema with at most \(Self.workLimit) subschemas")
    }
    guard depth <= Self.depthLimit else {
      throw schema.error(.tooLarge, nil, "expected references and combinations that do not lead back to themselves")
    }
    switch schema.value {
    case .bool(true): return [Assertions(path: schema.path)]
    case .bool(false): return []
    case .object(let object): return try resolve(object, at: schema, depth)
    default: throw schema.error(.malformed, nil, "expected a schema: an object, true or false")
    }
  }

  private mutating func resolve(_ object: JSONObject, at schema: Subschema, _ depth: Int) throws(GrammarError)
    -> [Assertions]
  {
    try spend(object.reduce(0) { $0 + Self.cost(ofReading: $1.0, $1.1) }, schema)
    var ways = [try Assertions(object, at: schema, isStrict: document.isStrict)]
    if let reference = object["$ref"] {
      guard let reference = reference.stringValue else { throw schema.error(.malformed, "$ref", "expected a string") }
      let target = try document.target(of: reference, from: schema)
      ways = try product(ways, try resolve(target, depth: depth + 1), schema)
    }
    for branch in try branches(of: object, "allOf", schema) {
      ways = try product(ways, try resolve(branch, depth: depth + 1), schema)
    }
    if object["anyOf"] != nil {
      var options: [Assertions] = []
      for branch in try branches(of: object, "anyOf", schema) { options += try resolve(branch, depth: depth + 1) }
      ways = try product(ways, options, schema)
    }
    if object["oneOf"] != nil {
      var options: [[Assertions]] = []
      for branch in try branches(of: object, "oneOf", schema) {
        options.append(try product(ways, try resolve(branch, depth: depth + 1), schema))
      }
      try checkCount(options.reduce(0) { $0 + $1.count }, schema)
      try checkApart(options, schema, depth)
      ways = options.flatMap { $0 }
    }
    return ways
  }

  private func branches(of object: JSONObject, _ keyword: String, _ schema: Subschema) throws(GrammarError)
    -> [Subschema]
  {
    guard let value = object[keyword] else { return [] }
    guard let branches = value.arrayValue, !branches.isEmpty else {
      throw schema.error(.malformed, keyword, "expected an array of schemas")
    }
    return branches.enumerated().map { schema.child($1, keyword, String($0)) }
  }

  private mutating func product(
    _ left: [Assertions], _ right: [Assertions], _ schema: Subschema
  ) throws(GrammarError) -> [Assertions] {
    try checkCount(left.count * right.count, schema)
    func size(_ ways: [Assertions]) -> Int { ways.reduce(0) { $0 + $1.size } }
    try spend(left.count * size(right) + right.count * size(left), schema)
    return left.flatMap { first in right.compactMap { first.merged(with: $0) } }
  }

  private func checkCount(_ ways: Int, _ schema: Subschema) throws(GrammarError) {
    guard ways <= Self.limit else {
      throw schema.error(.tooLarge, nil, "expected at most \(Self.limit) ways of satisfying a schema")
    }
  }

  private mutating func spend(_ count: Int, _ schema: Subschema) throws(GrammarError) {
    entries += count
    guard entries <= Self.entryLimit else {
      throw schema.error(
        .tooLarge, nil,
        "expected a schema with at most \(Self.entryLimit) members and values, each as often as it is referred to")
    }
  }

  /// What reading a keyword costs, what is below other schemas aside.
  private static func cost(ofReading keyword: String, _ value: JSONValue) -> Int {
    switch value {
    case .array(let elements): keyword == "enum" ? value.size : 1 + elements.count
    case .object: keyword == "const" ? value.size : 1
    default: value.size
    }
  }

  /// `oneOf` asks that a document satisfies no two branches; only those are taken of which that is plain to see.
  private mutating func checkApart(_ options: [[Assertions]], _ schema: Subschema, _ depth: Int) throws(GrammarError) {
    for (place, left) in options.enumerated() {
      for right in options[(place + 1)...] {
        for first in left {
          for second in right where try !isApart(first, second, schema, depth + 1) {
            throw schema.error(
              .unsupported, "oneOf",
              "expected branches that differ in type, or in the constants of a required property, or anyOf")
          }
        }
      }
    }
  }

  /// Whether no document written for one satisfies the other.
  private mutating func isApart(
    _ left: Assertions, _ right: Assertions, _ schema: Subschema, _ depth: Int
  ) throws(GrammarError) -> Bool {
    try spend(1 + left.valueSize + right.valueSize + left.required.count / 8, schema)
    let common = left.effectiveKinds.intersection(right.kinds ?? Set(JSONKind.allCases))
      .union(right.effectiveKinds.intersection(left.kinds ?? Set(JSONKind.allCases)))
    if common.isEmpty { return true }
    if let first = left.values, let second = right.values { return Set(first).isDisjoint(with: second) }
    if let values = left.values { return !values.contains { common.contains(JSONKind($0)) } }
    if let values = right.values { return !values.contains { common.contains(JSONKind($0)) } }
    guard common == [.object] else { return false }
    for name in left.required.names where right.required.contains(name) {
      let first = try resolve(left.schema(ofMember: name), depth: depth + 1)
      let second = try resolve(right.schema(ofMember: name), depth: depth + 1)
      var areApart = true
      for one in first {
        for other in second where areApart { areApart = try isApart(one, other, schema, depth + 1) }
      }
      if areApart { return true }
    }
    try spend(left.required.count * right.objects.count + right.required.count * left.objects.count, schema)
    return left.required.names.contains { !right.mayWrite($0) } && right.required.names.contains { !left.mayWrite($0) }
  }
}

extension Assertions {
  /// What all schemas together ask of a member.
  func schema(ofMember name: String) -> Subschema { .all(objects.compactMap { $0.schema(of: name) }) }

  /// Whether objects written for them may have members without a place in `properties`.
  var allowsFurtherMembers: Bool {
    let additional = objects.compactMap(\.additional)
    guard !additional.isEmpty else { return objects.allSatisfy(\.properties.isEmpty) }
    return !additional.contains { $0.value == .bool(false) }
  }

  /// Whether objects written for them may have a member of this name.
  func mayWrite(_ name: String) -> Bool {
    allowsFurtherMembers || required.contains(name)
      || objects.contains { $0.properties[name] != nil }
  }
}
