import Foundation

/// Runs a template's statements for one set of values.
final class Interpreter {
  /// Expressions, blocks and calls may be inside one another this deep while the template runs.
  static let deepest = 250

  /// The time that `strftime_now` tells.
  let now: Date
  /// What was printed.
  var output = ""
  /// The line that is running, for errors.
  var line = 1
  private var depth = 0
  private let stack = StackMeter()
  private var budget: Budget
  /// Everything that a cycle of references could run through, to be emptied at the end.
  private var namespaces: [Namespace] = []
  private var capturedScopes: [Scope] = []

  private init(now: Date, budget: Budget) {
    self.now = now
    self.budget = budget
  }

  /// What `statements` print with the given variables.
  static func render(
    _ statements: [Statement], variables: [String: Value], now: Date, budget: Budget
  ) throws(ChatTemplateError) -> String {
    let interpreter = Interpreter(now: now, budget: budget)
    let scope = Scope(outer: nil)
    scope.variables = variables
    defer { interpreter.tearDown(scope) }
    _ = try interpreter.run(statements, in: scope)
    return interpreter.output
  }

  private func tearDown(_ scope: Scope) {
    for captured in capturedScopes { captured.variables.removeAll() }
    for namespace in namespaces { namespace.attributes = Mapping() }
    scope.variables.removeAll()
  }
}

extension Interpreter {
  /// An error on the line that is running.
  func error(_ kind: ChatTemplateError.Kind, _ message: String) -> ChatTemplateError {
    ChatTemplateError(kind: kind, line: line, message: message)
  }

  func invalid(_ message: String) -> ChatTemplateError { error(.invalidOperation, message) }

  /// Counts `count` steps of work.
  func spend(steps count: Int = 1) throws(ChatTemplateError) {
    if !budget.spend(steps: count) { throw error(.limit, "the template runs for too long") }
  }

  /// Counts `count` bytes of text or of lists about to be made.
  func spend(bytes count: Int) throws(ChatTemplateError) {
    if !budget.spend(bytes: count) { throw error(.limit, "the template makes too much text") }
  }

  /// Counts the look-up of a key in a dictionary.
  func spend(lookUpOf key: Value) throws(ChatTemplateError) {
    if case .string(let text) = key.withoutMark { try spend(steps: text.utf8.count / 16) }
  }

  /// Goes a level down, or fails where that is too deep; each call is paired with `ascend`.
  func descend() throws(ChatTemplateError) {
    depth += 1
    if depth > Self.deepest || stack.isExhausted { throw error(.limit, "the template nests too deeply") }
  }

  func ascend() { depth -= 1 }

  /// Fails where a value nests too deeply to be walked through from here.
  func checkStack() throws(ChatTemplateError) {
    if stack.isExhausted { throw error(.limit, "values nest too deeply") }
  }

  /// Prints `text`.
  func write(_ text: String) throws(ChatTemplateError) {
    try spend(bytes: text.utf8.count)
    output += text
  }

  /// Runs `body` with the printed text set aside, and returns what `body` prints and its result.
  func capture<Result>(
    _ body: () throws(ChatTemplateError) -> Result
  ) throws(ChatTemplateError) -> (text: String, result: Result) {
    let outer = output
    output = ""
    defer { output = outer }
    let result = try body()
    return (output, result)
  }

  /// Runs `body` in a new scope inside of `outer`.
  func withScope<Result>(
    in outer: Scope, _ body: (Scope) throws(ChatTemplateError) -> Result
  ) throws(ChatTemplateError) -> Result {
    let scope = Scope(outer: outer)
    // A scope that no macro holds is emptied at once, which breaks cycles through its own variables.
    defer { if !scope.isCaptured { scope.variables.removeAll() } }
    return try body(scope)
  }

  /// Keeps `scope` and those around it for a macro that is defined there.
  func captureScope(_ scope: Scope) {
    var current: Scope? = scope
    while let scope = current, !scope.isCaptured {
      scope.isCaptured = true
      capturedScopes.append(scope)
      current = scope.outer
    }
  }

  /// A new namespace.
  func makeNamespace(_ attributes: Mapping) -> Value {
    let namespace = Namespace()
    namespace.attributes = attributes
    namespaces.append(namespace)
    return .namespace(namespace)
  }

  /// A list of `elements`, unless it would nest too deeply.
  func makeList(_ elements: [Value]) throws(ChatTemplateError) -> List {
    try spend(bytes: elements.count * MemoryLayout<Value>.stride)
    let list = List(elements)
    if list.depth > Value.deepest { throw error(.limit, "values nest too deeply") }
    return list
  }

  /// Sets a member of `mapping`, unless the key cannot be one or the mapping would nest too deeply.
  func set(_ key: Value, to value: Value, in mapping: inout Mapping) throws(ChatTemplateError) {
    try spend(bytes: 4 * MemoryLayout<Value>.stride)
    try spend(lookUpOf: key)
    guard mapping.set(key, to: value) else {
      throw invalid("expected a string or number as a key, found \(key.typeName)")
    }
    if mapping.depth > Value.deepest { throw error(.limit, "values nest too deeply") }
  }
}
