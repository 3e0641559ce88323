import ChatTemplate

extension SchemaCompiler {
  /// The objects that satisfy the assertions.
  mutating func objects(_ way: Assertions) throws(GrammarError) -> RuleExpression {
    let names = try names(way)
    try checkMemberCount(way, names)
    var members: [RuleExpression.Member] = []
    for name in names {
      let key = RuleExpression.literal(JSONText.canonical(name))
      let value = try expression(way.schema(ofMember: name))
      members.append(.init(body: member(key, value), isRequired: way.required.contains(name)))
    }
    var further: RuleExpression?
    if way.allowsFurtherMembers {
      let value = try called(expression(.all(way.objects.compactMap(\.additional))))
      let key = try FurtherKeys.automaton(except: names, common)
      further = member(names.isEmpty ? .rule(common.string) : try called(.automaton(key)), value)
    }
    return .sequence([
      .byte("{"), common.gap,
      .members(members, rest: further, by: common.comma()), common.gap, .byte("}"),
    ])
  }

  /// The names of the members that the assertions speak of.
  private mutating func names(_ way: Assertions) throws(GrammarError) -> [String] {
    var set = Assertions.NameSet()
    for part in way.objects { for name in part.properties.keys { set.insert(name) } }
    for name in way.required.names { set.insert(name) }
    let names = set.names
    // Each is looked for in every part, and becomes an expression that is larger than many a state.
    try located(way) { budget throws(GrammarError) in try budget.spend(names.count * (16 + way.objects.count)) }
    return names
  }

  private func member(_ key: RuleExpression, _ value: RuleExpression) -> RuleExpression {
    .sequence([key, common.gap, .byte(":"), common.gap, value])
  }

  /// Members are not counted, so their number must be within its bounds by itself.
  private func checkMemberCount(_ way: Assertions, _ names: [String]) throws(GrammarError) {
    let isKnown =
      way.required.names.count >= way.memberCount.lower
      && (way.memberCount.upper.map { !way.allowsFurtherMembers && names.count <= $0 } ?? true)
    guard isKnown else {
      throw GrammarError(
        .unsupported, way.pointer,
        "expected minProperties and maxProperties to follow from required, properties and additionalProperties")
    }
  }

  /// The arrays that satisfy the assertions.
  mutating func arrays(_ way: Assertions) throws(GrammarError) -> RuleExpression {
    let placed = way.arrays.map(\.prefix.count).max() ?? 0
    var count = way.itemCount
    let rests = way.arrays.compactMap(\.rest)
    let isOpen = rests.isEmpty ? placed == 0 || count.lower > placed : !rests.contains { $0.value == .bool(false) }
    if !isOpen { count = count.intersection(CountBounds(upper: placed)) }
    if count.isEmpty { return .nothing }
    guard max(placed, count.lower) <= Self.placeLimit else {
      throw GrammarError(.tooLarge, way.pointer, "expected at most \(Self.placeLimit) items told apart by their place")
    }
    if count.upper == 0 { return .sequence([.byte("["), common.gap, .byte("]")]) }
    try located(way) { budget throws(GrammarError) in try budget.spend(max(placed, count.lower) * way.arrays.count) }
    let rest = isOpen ? try called(expression(.all(rests))) : nil
    var items: [RuleExpression] = []
    for place in 0..<min(max(placed, count.lower, 1), count.upper ?? .max) {
      let schemas = place < placed ? way.arrays.compactMap { $0.schema(at: place) } : []
      items.append(place < placed ? try expression(.all(schemas)) : rest ?? .nothing)
    }
    return try list(items, count, rest)
  }

  private mutating func list(_ items: [RuleExpression], _ count: CountBounds, _ rest: RuleExpression?)
    throws(GrammarError) -> RuleExpression
  {
    func brackets(_ further: (separator: RuleExpression, item: RuleExpression)?) -> RuleExpression {
      let inside = RuleExpression.elements(items, minimum: count.lower, by: common.comma(), rest: further)
      return .sequence([.byte("["), common.gap, inside, common.gap, .byte("]")])
    }
    guard let rest else { return brackets(nil) }
    guard let upper = count.upper else { return brackets((common.comma(), rest)) }
    guard upper > items.count else { return brackets(nil) }
    let rule = try table.add(brackets((common.comma(.counts), rest)))
    return .call(RuleCall(entry: .rule(rule), upper: Int32(upper - items.count)))
  }
}
