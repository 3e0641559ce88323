import ChatTemplate

/// What one way of satisfying a schema asks of a document, references and combinations resolved.
struct Assertions: Sendable {
  /// What one schema says of an object's members.
  struct ObjectPart: Sendable {
    /// The value of `properties`, and where it stands.
    var properties = JSONObject()
    var place: Subschema
    var additional: Subschema?

    /// What it asks of a member, or nil.
    func schema(of name: String) -> Subschema? {
      properties[name].map { place.child($0, name) } ?? additional
    }
  }

  /// What one schema says of an array's elements.
  struct ArrayPart: Sendable {
    var prefix: [Subschema] = []
    var rest: Subschema?

    /// What it asks of an element, or nil.
    func schema(at place: Int) -> Subschema? { place < prefix.count ? prefix[place] : rest }
  }

  /// Names without repetition, in the order of their first mention.
  struct NameSet: Sendable {
    private var members = JSONObject()

    var names: [String] { members.keys }
    var count: Int { members.count }

    mutating func insert(_ name: String) { members[name] = .null }

    func contains(_ name: String) -> Bool { members[name] != nil }
  }

  /// Where the schema stands that they come from.
  var path: SchemaPath
  /// The kinds that `type` names, or nil.
  var kinds: Set<JSONKind>?
  /// The kinds that other keywords speak of.
  var mentioned: Set<JSONKind> = []
  var values: [JSONValue]?
  /// How much there is to `values`; see `JSONValue.size`.
  var valueSize = 0
  var numbers = NumberBounds()
  var divisors: [Int] = []
  var length = CountBounds()
  /// The alternatives of each pattern.
  var patterns: [[Pattern.Alternative]] = []
  var objects: [ObjectPart] = []
  var required = NameSet()
  var memberCount = CountBounds()
  var arrays: [ArrayPart] = []
  var itemCount = CountBounds()

  init(path: SchemaPath) { self.path = path }

  /// `path` as a JSON pointer.
  var pointer: String { path.pointer }

  /// How much is looked at when they are merged with others.
  var size: Int { 1 + valueSize + divisors.count + patterns.count + objects.count + required.count + arrays.count }

  /// The kinds of documents that are written: those that the keywords speak of, where there is no `type`.
  var effectiveKinds: Set<JSONKind> {
    if let kinds { return kinds }
    return values != nil || mentioned.isEmpty ? Set(JSONKind.allCases) : mentioned
  }

  /// Whether every document satisfies them.
  var isEmpty: Bool { kinds == nil && values == nil && mentioned.isEmpty }

  /// What both ask for; nil where they exclude each other by kinds or values.
  func merged(with other: Assertions) -> Assertions? {
    var result = self
    if let kinds = other.kinds { result.kinds = result.kinds?.intersection(kinds) ?? kinds }
    if let values = other.values {
      let others = Set(values)
      result.values = result.values?.filter(others.contains) ?? values
      result.valueSize = max(valueSize, other.valueSize)
    }
    if result.kinds?.isEmpty == true || result.values?.isEmpty == true { return nil }
    result.mentioned.formUnion(other.mentioned)
    if let low = other.numbers.low { result.numbers.limitBelow(low) }
    if let high = other.numbers.high { result.numbers.limitAbove(high) }
    result.divisors += other.divisors
    result.length = length.intersection(other.length)
    result.patterns += other.patterns
    result.objects += other.objects
    for name in other.required.names { result.required.insert(name) }
    result.memberCount = memberCount.intersection(other.memberCount)
    result.arrays += other.arrays
    result.itemCount = itemCount.intersection(other.itemCount)
    return result
  }
}
