/// What `loop` stands for in the body of a loop.
final class LoopState {
  let loop: Loop
  let items: List
  /// How many loops of a recursive loop are running around this one.
  let outerDepth: Int
  /// The scope around the loop, in which a recursive call runs.
  let scope: Scope
  /// The item that the body is running for, counted from 0.
  var index = 0
  /// The arguments of the last call of `loop.changed`.
  var lastChanged: List?

  init(_ loop: Loop, items: List, outerDepth: Int, scope: Scope) {
    self.loop = loop
    self.items = items
    self.outerDepth = outerDepth
    self.scope = scope
  }

  /// The value of an attribute of `loop`, nil where there is none.
  func attribute(_ name: String) -> Value? {
    let count = items.elements.count
    switch name {
    case "index": return .integer(index + 1)
    case "index0": return .integer(index)
    case "revindex": return .integer(count - index)
    case "revindex0": return .integer(count - index - 1)
    case "first": return .bool(index == 0)
    case "last": return .bool(index == count - 1)
    case "length": return .integer(count)
    case "depth": return .integer(outerDepth + 1)
    case "depth0": return .integer(outerDepth)
    case "previtem": return index > 0 ? items.elements[index - 1] : .undefined("there is no previous item")
    case "nextitem": return index + 1 < count ? items.elements[index + 1] : .undefined("there is no next item")
    case "cycle", "changed": return .callable(.method(.loop(self), name))
    default: return nil
    }
  }
}
