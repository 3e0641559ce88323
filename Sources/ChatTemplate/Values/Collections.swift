/// The elements of a list or tuple.
struct List {
  let elements: [Value]
  /// One more than the greatest depth of an element, or more.
  let depth: Int
  /// Whether this is a pair of `groupby`, whose elements have the names `grouper` and `list` too.
  var isGroup = false

  init(_ elements: [Value]) { self.init(elements, depth: 1 + (elements.lazy.map(\.depth).max() ?? 0)) }

  /// - Parameter depth: a bound for the depth, where it is known.
  init(_ elements: [Value], depth: Int) {
    self.elements = elements
    self.depth = depth
  }
}

/// The keys, values or members of a dictionary.
struct View {
  enum Kind: String {
    case keys
    case values
    case items
  }

  let kind: Kind
  let list: List
}

/// Elements that can be iterated over once.
final class Generator {
  private var elements: ArraySlice<Value>
  /// The depth of a list of the elements.
  let depth: Int

  init(_ list: List) {
    elements = list.elements[...]
    depth = list.depth
  }

  /// The next element, which is then gone.
  func next() -> Value? { elements.popFirst() }

  /// All elements that are left, which are then gone.
  func takeAll() -> [Value] {
    defer { elements = [] }
    return Array(elements)
  }
}

/// A dictionary that keeps the order of insertion.
struct Mapping {
  private(set) var keys: [Value] = []
  private(set) var values: [Value] = []
  private var positions: [Key: Int] = [:]
  private(set) var depth = 1

  var isEmpty: Bool { keys.isEmpty }
  var count: Int { keys.count }

  /// A key, in a form in which equal keys are the same: `1`, `1.0` and `true` are one key.
  enum Key: Hashable {
    case undefined
    case none
    case integer(Int)
    case largeInteger(String)
    case float(Double)
    case string(ScalarKey)

    /// Nil for values that cannot be keys here.
    init?(_ value: Value) {
      switch value {
      case .undefined: self = .undefined
      case .none: self = .none
      case .largeInteger(let digits): self = .largeInteger(digits)
      case .bool(let flag): self = .integer(flag ? 1 : 0)
      case .integer(let integer): self = .integer(integer)
      case .float(let float):
        if let integer = Int(exactly: float) { self = .integer(integer) } else { self = .float(float) }
      case .string(let text), .markup(let text): self = .string(ScalarKey(text))
      default: return nil
      }
    }
  }

  /// The value of a key, nil where there is none.
  subscript(key: Key) -> Value? { positions[key].map { values[$0] } }

  /// The value of a string.
  subscript(text: String) -> Value? { self[.string(ScalarKey(text))] }

  /// Sets the value of a key; returns false for a value that cannot be one.
  mutating func set(_ key: Value, to value: Value) -> Bool {
    guard let hashed = Key(key) else { return false }
    depth = max(depth, value.depth + 1)
    if let position = positions[hashed] {
      values[position] = value
    } else {
      positions[hashed] = keys.count
      keys.append(key)
      values.append(value)
    }
    return true
  }
}
