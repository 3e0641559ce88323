/// The rules that every grammar begins with.
///
/// They have the same states in every grammar, so what is known of them is known once for a vocabulary.
struct CommonRules: Sendable {
  let table: RuleTable
  let space: Int
  let string: Int
  let number: Int
  let integer: Int
  let value: Int
  let object: Int
  let array: Int
  /// `<think>`, any text, `</think>`, and line breaks.
  let thought: Int
  /// The same, after `<think>`.
  let openThought: Int
  /// The states of `string`, to go on from in its middle.
  let stringAutomaton: RuleAutomaton

  /// The rules; a failure would be one of this file.
  static let shared = Result { () throws(GrammarError) in try CommonRules() }

  /// How many states the common rules have.
  var stateCount: Int { table.stateCount }

  /// The state of the whole table that a state of `stringAutomaton` is.
  func commonState(ofString state: Int) -> Int { table.firstStates[string] + state }

  init() throws(GrammarError) {
    var table = RuleTable()
    space = table.declare()
    string = table.declare()
    number = table.declare()
    integer = table.declare()
    value = table.declare()
    object = table.declare()
    array = table.declare()
    thought = table.declare()
    openThought = table.declare()
    try table.define(
      space, .choice([.byte(" "), .sequence([.byte("\n"), .repeated(.byte(" "), minimum: 0, maximum: 32)])]))
    stringAutomaton = try Determinization.automaton(JSONText.anyString, &table.budget)
    try table.define(string, stringAutomaton)
    try table.define(number, JSONNumber.any)
    try table.define(integer, JSONNumber.anyInteger)
    try table.define(
      value,
      .choice([
        .rule(string), .rule(number), .text("true"), .text("false"), .text("null"), .rule(object), .rule(array),
      ]))
    let gap = RuleExpression.optional(.rule(space))
    let comma = RuleExpression.sequence([gap, .byte(","), gap])
    let member = RuleExpression.sequence([.rule(string), gap, .byte(":"), gap, .rule(value)])
    try table.define(
      object,
      .sequence([.byte("{"), gap, .optional(.sequence([.separated(member, by: comma), gap])), .byte("}")]))
    try table.define(
      array,
      .sequence([.byte("["), gap, .optional(.sequence([.separated(.rule(value), by: comma), gap])), .byte("]")]))
    try table.define(thought, .sequence([.text("<think>"), Self.restOfThought]))
    try table.define(openThought, Self.restOfThought)
    self.table = table
  }

  /// Any bytes up to the first `</think>`, which is read too, and line breaks after it.
  private static var restOfThought: RuleExpression {
    .sequence([
      .automaton(SubstringAutomaton.ending(with: Array("</think>".utf8))),
      .repeated(.byte("\n"), minimum: 0, maximum: 2),
    ])
  }
}

extension CommonRules {
  /// Optional space between the parts of a document.
  var gap: RuleExpression { .optional(.rule(space)) }

  /// A comma with the space around it; `effect` is that of the comma.
  func comma(_ effect: ByteEffect = .none) -> RuleExpression { .sequence([gap, .byte(",", effect), gap]) }
}
