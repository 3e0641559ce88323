/// Reads a regular expression.
struct PatternParser {
  /// What a pattern cannot be read for: where, counted in scalars, and what was expected.
  struct Failure: Error {
    var offset: Int
    var message: String
  }

  /// The most repetitions that a quantifier may ask for, and the deepest groups.
  static let repetitionLimit = 1_000
  private static let depthLimit = 100
  /// The longest pattern: of one that is longer the automaton would be too large.
  private static let lengthLimit = 100_000

  let scalars: [Unicode.Scalar]
  var position = 0
  private var depth = 0

  /// The alternatives of a whole expression.
  static func alternatives(_ text: String) throws(Failure) -> [Pattern.Alternative] {
    guard text.utf8.count <= lengthLimit else {
      throw Failure(offset: lengthLimit, message: "expected a pattern of at most \(lengthLimit) bytes")
    }
    var parser = PatternParser(scalars: Array(text.unicodeScalars))
    var alternatives: [Pattern.Alternative] = []
    repeat {
      let startsAtStart = parser.skip("^")
      let body = try parser.sequence()
      let endsAtEnd = parser.skip("$")
      alternatives.append(.init(body: body, startsAtStart: startsAtStart, endsAtEnd: endsAtEnd))
    } while parser.skip("|")
    guard parser.position == parser.scalars.count else { throw parser.failure("expected the pattern's end") }
    return alternatives
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  func failure(_ message: String) -> Failure { Failure(offset: position, message: message) }

  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    position += 1
    return true
  }

  private mutating func sequence() throws(Failure) -> Pattern {
    var parts: [Pattern] = []
    while let scalar = current, scalar != "|", scalar != ")", scalar != "$" { parts.append(try quantified()) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func quantified() throws(Failure) -> Pattern {
    let atom = try atom()
    let (minimum, maximum): (Int, Int?)
    switch current {
    case "*": (minimum, maximum) = (0, nil)
    case "+": (minimum, maximum) = (1, nil)
    case "?": (minimum, maximum) = (0, 1)
    case "{":
      position += 1
      (minimum, maximum) = try counts()
      position -= 1
    default: return atom
    }
    position += 1
    // A lazy quantifier matches the same texts.
    _ = skip("?")
    if let scalar = current, "*+{".unicodeScalars.contains(scalar) { throw failure("expected one quantifier") }
    return .repeated(atom, minimum: minimum, maximum: maximum)
  }

  /// The inside of `{2,5}`; stands after it behind the brace.
  private mutating func counts() throws(Failure) -> (Int, Int?) {
    let minimum = try count()
    var maximum: Int? = minimum
    if skip(",") { maximum = current == "}" ? nil : try count() }
    guard skip("}") else { throw failure("expected '}'") }
    if let maximum, maximum < minimum { throw failure("expected a quantifier's numbers in order") }
    return (minimum, maximum)
  }

  private mutating func count() throws(Failure) -> Int {
    var number = 0
    let start = position
    while let scalar = current, ("0"..."9").contains(scalar) {
      number = number * 10 + Int(scalar.value) - 0x30
      position += 1
      guard number <= Self.repetitionLimit else {
        throw failure("expected at most \(Self.repetitionLimit) repetitions")
      }
    }
    guard position > start else { throw failure("expected a number") }
    return number
  }

  private mutating func atom() throws(Failure) -> Pattern {
    switch current {
    case "(": return try group()
    case "[":
      position += 1
      return .scalars(try characterClass())
    case "\\":
      position += 1
      return .scalars(try escape())
    case ".":
      position += 1
      return .scalars(PatternClass.lineEnds.complement)
    case let scalar? where !"*+?{}])^".unicodeScalars.contains(scalar):
      position += 1
      return .scalars(ScalarSet(scalar))
    case "^": throw failure("expected '^' at the start of the pattern only")
    case let scalar?: throw failure("expected a character, a class or a group, found '\(scalar)'")
    case nil: throw failure("expected a character, a class or a group")
    }
  }

  private mutating func group() throws(Failure) -> Pattern {
    guard depth < Self.depthLimit else { throw failure("expected at most \(Self.depthLimit) groups in each other") }
    position += 1
    if skip("?"), !skip(":") { throw failure("expected '(' or '(?:'; look-around and names are not supported") }
    depth += 1
    var options: [Pattern] = []
    repeat { options.append(try sequence()) } while skip("|")
    depth -= 1
    if current == "$" { throw failure("expected '$' at the end of the pattern only") }
    guard skip(")") else { throw failure("expected ')'") }
    return options.count == 1 ? options[0] : .choice(options)
  }
}
