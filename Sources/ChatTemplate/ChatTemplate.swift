public import Foundation

/// A model's chat template: a Jinja template that turns a conversation into the text that the model reads.
///
/// ```swift
/// let template = try ChatTemplate(source)
/// let prompt = try template.render(messages: [["role": "user", "content": "Hello"]])
/// ```
///
/// Rendering agrees with `apply_chat_template` of the Hugging Face library `transformers`: the same white space rules,
/// the same `tojson`, and the same functions `raise_exception` and `strftime_now`. It never runs code, and its time,
/// memory and depth are bounded whatever the template says.
///
/// What is missing is refused with the line:
/// - the statements `block`, `extends`, `include`, `import`, `from` and `autoescape`;
/// - the filters `pprint`, `random`, `striptags`, `urlize` and `wordwrap`, the function `lipsum`, and the test `sameas` for two
///   lists or dictionaries;
/// - of Python's strings the methods `encode`, `expandtabs`, `format_map`, `isidentifier`, `isprintable`, `istitle`,
///   `translate` and `maketrans`, and names of characters, `\N{…}`;
/// - what changes lists and dictionaries, and arithmetic with integers outside 64 bits, which can be printed;
/// - of what `safe` and `escape` give, more than printing, joining, repeating and comparing it, its length and a change of its case.
public struct ChatTemplate: Sendable {
  private let statements: [Statement]

  /// Reads a template.
  /// - Throws: when it is not well formed, with the line.
  public init(_ source: String) throws(ChatTemplateError) {
    statements = try Parser.statements(of: source)
  }

  /// The text of a conversation.
  ///
  /// As in `transformers`, members of a message that are null count as absent, and reasoning that is given as
  /// `reasoning` or `thinking` is also found as `reasoning_content`.
  ///
  /// - Parameter messages: objects with `role`, `content` and the like, in order.
  /// - Parameter tools: the functions that the model may call, as JSON schemas; nil for none.
  /// - Parameter addGenerationPrompt: whether the text ends where the model's answer begins.
  /// - Parameter additionalContext: further variables, such as `enable_thinking`; they take precedence over the others.
  /// - Parameter now: the time that the template may print.
  /// - Throws: when the template refuses the messages, fails, or does too much.
  public func render(
    messages: [JSONValue], tools: [JSONValue]? = nil, addGenerationPrompt: Bool = true,
    additionalContext: JSONObject = [:], now: Date = Date()
  ) throws(ChatTemplateError) -> String {
    var context: JSONObject = [
      "messages": .array(messages.map { $0.asMessage }), "tools": tools.map(JSONValue.array) ?? .null,
      "documents": .null, "add_generation_prompt": .bool(addGenerationPrompt),
    ]
    for (name, value) in additionalContext { context[name] = value }
    return try render(context: context, now: now)
  }

  /// The text that the template makes of any variables.
  public func render(context: JSONObject, now: Date = Date()) throws(ChatTemplateError) -> String {
    try render(context: context, now: now, budget: .standard)
  }

  /// As `render(context:now:)`, with a bound of the caller's on what the template may do.
  package func render(context: JSONObject, now: Date, budget: Budget) throws(ChatTemplateError) -> String {
    var variables: [String: Value] = [:]
    for (name, value) in context { variables[name] = try Value(value, level: 0) }
    return try Interpreter.render(statements, variables: variables, now: now, budget: budget)
  }
}

extension JSONValue {
  /// A message without null members and with its reasoning under the name that templates look for.
  fileprivate var asMessage: JSONValue {
    guard let members = objectValue else { return self }
    var message = JSONObject()
    for (key, value) in members where value != .null { message[key] = value }
    let names = ["reasoning_content", "thinking", "reasoning"]
    guard let reasoning = names.lazy.compactMap({ message[$0] }).first else { return .object(message) }
    var complete = JSONObject([("thinking", reasoning)])
    for (key, value) in message { complete[key] = value }
    complete["reasoning_content"] = reasoning
    return .object(complete)
  }
}

extension Value {
  /// A JSON value as templates see it.
  /// - Throws: when it nests deeper than values may.
  init(_ json: JSONValue, level: Int) throws(ChatTemplateError) {
    guard level < Value.deepest - 1 else {
      throw ChatTemplateError(
        kind: .limit, line: 1, message: "expected values nested at most \(Value.deepest) levels deep")
    }
    switch json {
    case .null: self = .none
    case .bool(let flag): self = .bool(flag)
    case .integer(let integer): self = .integer(integer)
    case .largeInteger(let digits): self = .largeInteger(digits)
    case .number(let number): self = .float(number)
    case .string(let text): self = .string(text)
    case .array(let elements):
      var values: [Value] = []
      values.reserveCapacity(elements.count)
      for element in elements { values.append(try Value(element, level: level + 1)) }
      self = .list(List(values))
    case .object(let object):
      var mapping = Mapping()
      for (key, value) in object { _ = mapping.set(.string(key), to: try Value(value, level: level + 1)) }
      self = .dictionary(mapping)
    }
  }
}
