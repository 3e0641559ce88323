import ChatTemplate

/// Writes the documents that satisfy a schema as rules.
///
/// An object's members come in the order of `properties`, further ones last; where `properties` is given and
/// `additionalProperties` is not, there are none. Between the parts of a document there may be a space, or a line break
/// and up to 32 spaces. So not every document that satisfies the schema can be written, but all that can be satisfy it.
struct SchemaCompiler {
  private static let depthLimit = 64
  /// The most items that are told apart by their place.
  static let placeLimit = 1_000

  let common: CommonRules
  var table: RuleTable
  private let document: SchemaDocument
  private var alternatives: SchemaAlternatives
  /// The rules of references' targets and of combinations, which may contain themselves.
  private var rules: [Subschema: Int] = [:]
  private var pending: [(rule: Int, schema: Subschema)] = []
  private var depth = 0

  init(_ root: JSONValue, _ common: CommonRules, _ table: RuleTable, isStrict: Bool) {
    self.common = common
    self.table = table
    document = SchemaDocument(root: root, isStrict: isStrict)
    alternatives = SchemaAlternatives(document)
  }

  /// Adds a rule for the whole schema, and all that it calls.
  static func addRule(
    for root: JSONValue, _ common: CommonRules, to table: inout RuleTable, isStrict: Bool
  ) throws(GrammarError) -> Int {
    var compiler = SchemaCompiler(root, common, table, isStrict: isStrict)
    let schema = Subschema(value: root, path: .root)
    let rule = compiler.table.declare()
    compiler.rules[schema] = rule
    compiler.pending.append((rule, schema))
    while let (rule, schema) = compiler.pending.popLast() {
      try compiler.table.define(rule, compiler.body(of: schema))
    }
    table = compiler.table
    return rule
  }

  /// A schema as part of a rule: a call where it is one that others may share.
  mutating func expression(_ schema: Subschema) throws(GrammarError) -> RuleExpression {
    if schema.value == .bool(true) { return .rule(common.value) }
    guard let object = schema.value.objectValue else { return try body(of: schema) }
    if object.isEmpty { return .rule(common.value) }
    if object.count == 1, let reference = object["$ref"]?.stringValue {
      return rule(calling: try document.target(of: reference, from: schema))
    }
    let mayRecur = ["$ref", "allOf", "anyOf", "oneOf"].contains { object[$0] != nil }
    return mayRecur ? rule(calling: schema) : try body(of: schema)
  }

  private mutating func rule(calling schema: Subschema) -> RuleExpression {
    if let known = rules[schema] { return .rule(known) }
    let rule = table.declare()
    rules[schema] = rule
    pending.append((rule, schema))
    return .rule(rule)
  }

  /// A rule of its own for an expression, unless that is a call already.
  mutating func called(_ expression: RuleExpression) throws(GrammarError) -> RuleExpression {
    if case .call = expression { return expression }
    return .rule(try table.add(expression))
  }

  private mutating func body(of schema: Subschema) throws(GrammarError) -> RuleExpression {
    guard depth < Self.depthLimit else {
      throw schema.error(.tooLarge, nil, "expected at most \(Self.depthLimit) schemas inside each other")
    }
    depth += 1
    defer { depth -= 1 }
    var options: [RuleExpression] = []
    for way in try alternatives.resolve(schema) { options += try documents(way) }
    return options.count == 1 ? options[0] : .choice(options)
  }

  private mutating func documents(_ way: Assertions) throws(GrammarError) -> [RuleExpression] {
    if way.isEmpty { return [.rule(common.value)] }
    if way.values != nil { return try constants(way) }
    var options: [RuleExpression] = []
    let kinds = way.effectiveKinds
    for kind in JSONKind.allCases where kinds.contains(kind) {
      switch kind {
      case .null: options.append(.text("null"))
      case .boolean: options += [.text("true"), .text("false")]
      case .integer: if !kinds.contains(.fraction) { options.append(try integers(way)) }
      case .fraction: options.append(try numbers(way))
      case .string: options.append(try strings(way))
      case .array: options.append(try arrays(way))
      case .object: options.append(try objects(way))
      }
    }
    return options
  }
}
