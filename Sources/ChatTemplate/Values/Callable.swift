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
}
