/// Variables, and the scope around them in which others are looked up.
final class Scope {
  var variables: [String: Value] = [:]
  let outer: Scope?
  /// Whether a macro holds this scope, which then lives as long as the rendering.
  var isCaptured = false

  init(outer: Scope?) { self.outer = outer }

  /// The value of a name in this scope or the nearest one around it.
  func lookUp(_ name: String) -> Value? {
    var scope: Scope? = self
    while let current = scope {
      if let value = current.variables[name] { return value }
      scope = current.outer
    }
    return nil
  }
}
