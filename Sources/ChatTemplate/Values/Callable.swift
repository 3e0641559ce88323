/// The object that `namespace()` makes: attributes that inner scopes can set too.
final class Namespace {
  var attributes = Mapping()
}

/// What can be called.
indirect enum Callable {
  case macro(Macro)
  case global(GlobalFunction)
  /// A method of a value, by name.
  case method(Value, String)
  /// The loop itself, called to run over another sequence.
  case recursion(LoopState)
  /// Cannot be called, but has methods.
  case cycler(Cycler)
  case joiner(Joiner)
}

/// The object that `cycler(…)` makes: one item after the other, and from the front again.
final class Cycler {
  let items: List
  var position = 0

  init(_ items: List) {
    self.items = items
  }

  /// The item whose turn it is.
  var current: Value { items.elements.isEmpty ? .none : items.elements[position % items.elements.count] }

  /// The item whose turn it is, which is over then.
  func next() -> Value {
    defer { position = (position + 1) % max(items.elements.count, 1) }
    return current
  }
}

/// The object that `joiner(…)` makes: called for the first time it gives nothing, from then on the separator.
final class Joiner {
  let separator: Value
  var wasCalled = false

  init(_ separator: Value) {
    self.separator = separator
  }
}

/// A macro, or the block of a `{% call %}`, with the scope that it was defined in.
final class Macro {
  let definition: MacroDefinition
  let scope: Scope

  init(_ definition: MacroDefinition, scope: Scope) {
    self.definition = definition
    self.scope = scope
  }
}

/// The functions that every template can call.
enum GlobalFunction: String, CaseIterable {
  case namespace
  case range
  case dict
  case raiseException = "raise_exception"
  case strftimeNow = "strftime_now"
  case cycler
  case joiner
}
