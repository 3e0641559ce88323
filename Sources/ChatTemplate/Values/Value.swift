/// A value that a template computes with: Python's, as far as templates can tell.
enum Value {
  /// What a name or an attribute that does not exist stands for; it prints as nothing. Says what is missing.
  case undefined(String)
  case none
  case bool(Bool)
  case integer(Int)
  /// An integer outside `Int`, as its digits; it can be printed, but not computed with.
  case largeInteger(String)
  case float(Double)
  case string(String)
  /// Text that is markup already, as `escape` and `safe` give it: what is joined to it by `+` is escaped.
  case markup(String)
  case list(List)
  case tuple(List)
  case dictionary(Mapping)
  /// What `keys()`, `values()` and `items()` of a dictionary give.
  case view(View)
  /// What filters such as `map` and `select` give: true whatever it holds, and empty once it was iterated over.
  case generator(Generator)
  case namespace(Namespace)
  case loop(LoopState)
  case callable(Callable)
}

extension Value {
  /// The value that a template writes out.
  init(_ literal: Literal) {
    switch literal {
    case .none: self = .none
    case .bool(let flag): self = .bool(flag)
    case .integer(let integer): self = .integer(integer)
    case .largeInteger(let digits): self = .largeInteger(digits)
    case .float(let float): self = .float(float)
    case .string(let text): self = .string(text)
    }
  }

  /// Values may nest this deep; a template cannot make deeper ones.
  static let deepest = 200

  /// The levels of lists and dictionaries in the value, 0 for one that holds no others.
  var depth: Int {
    switch self {
    case .list(let list), .tuple(let list): list.depth
    case .dictionary(let mapping): mapping.depth
    case .view(let view): view.list.depth
    case .generator(let generator): generator.depth
    case .loop(let loop): loop.items.depth + 1
    case .callable(.method(let receiver, _)): receiver.depth + 1
    case .callable(.recursion(let loop)): loop.items.depth + 1
    case .callable(.cycler(let cycler)): cycler.items.depth + 1
    case .callable(.joiner(let joiner)): joiner.separator.depth + 1
    default: 0
    }
  }

  /// The name of the value's type, as Python has it.
  var typeName: String {
    switch self {
    case .undefined: "Undefined"
    case .none: "NoneType"
    case .bool: "bool"
    case .integer, .largeInteger: "int"
    case .float: "float"
    case .string: "str"
    case .markup: "Markup"
    case .list: "list"
    case .tuple: "tuple"
    case .dictionary: "dict"
    case .view(let view): "dict_\(view.kind.rawValue)"
    case .generator: "generator"
    case .namespace: "namespace"
    case .loop: "loop"
    case .callable(.cycler): "Cycler"
    case .callable(.joiner): "Joiner"
    case .callable: "function"
    }
  }

  /// Whether a condition holds for the value.
  var isTrue: Bool {
    switch self {
    case .undefined, .none: false
    case .bool(let flag): flag
    case .integer(let integer): integer != 0
    case .float(let float): float != 0
    case .string(let text), .markup(let text): !text.isEmpty
    case .list(let list), .tuple(let list): !list.elements.isEmpty
    case .dictionary(let mapping): !mapping.isEmpty
    case .view(let view): !view.list.elements.isEmpty
    case .largeInteger, .generator, .namespace, .loop, .callable: true
    }
  }

  /// The integer that indices and counts take, truth values included.
  var index: Int? {
    switch self {
    case .bool(let flag): flag ? 1 : 0
    case .integer(let integer): integer
    default: nil
    }
  }

  /// The number, for arithmetic that is not between integers.
  var double: Double? {
    switch self {
    case .bool(let flag): flag ? 1 : 0
    case .integer(let integer): Double(integer)
    case .largeInteger(let digits): Double(digits)
    case .float(let float): float
    default: nil
    }
  }

  /// The value, with markup as any other text.
  var withoutMark: Value {
    if case .markup(let text) = self { .string(text) } else { self }
  }

  var isUndefined: Bool {
    if case .undefined = self { true } else { false }
  }
}
