import ChatTemplate

/// Reads the value of one keyword.
struct KeywordReader {
  let schema: Subschema
  let keyword: String
  let value: JSONValue

  /// The greatest bound of a number: up to there every integer is a binary64 number.
  private static let greatestBound = 0x1p53

  func error(_ kind: GrammarError.Kind, _ message: String) -> GrammarError { schema.error(kind, keyword, message) }

  var unsupported: GrammarError { error(.unsupported, "expected a keyword that is supported, found '\(keyword)'") }

  func array() throws(GrammarError) -> [JSONValue] {
    guard let elements = value.arrayValue else { throw error(.malformed, "expected an array") }
    return elements
  }

  func object() throws(GrammarError) -> JSONObject {
    guard let object = value.objectValue else { throw error(.malformed, "expected an object") }
    return object
  }

  func strings() throws(GrammarError) -> [String] {
    let elements = try array()
    let strings = elements.compactMap(\.stringValue)
    guard strings.count == elements.count else { throw error(.malformed, "expected an array of strings") }
    return strings
  }

  /// The kinds of `type`.
  func kinds() throws(GrammarError) -> Set<JSONKind> {
    var kinds: Set<JSONKind> = []
    let names = if let name = value.stringValue { [name] } else { try strings() }
    for name in names {
      guard let named = JSONKind.kinds(named: name) else {
        throw error(.malformed, "expected one of null, boolean, integer, number, string, array, object")
      }
      kinds.formUnion(named)
    }
    guard !kinds.isEmpty else { throw error(.malformed, "expected at least one type") }
    return kinds
  }

  /// Tightens `bounds` by a keyword that begins with `min` or `max`.
  func limit(_ bounds: inout CountBounds) throws(GrammarError) {
    guard let number = value.doubleValue, number >= 0, number.rounded() == number else {
      throw error(.malformed, "expected an integer that is not negative")
    }
    let count = Int(min(number, Double(Int32.max - 1)))
    bounds = bounds.intersection(
      keyword.hasPrefix("min") ? CountBounds(lower: count) : CountBounds(upper: count))
  }

  /// A bound of numbers.
  func bound() throws(GrammarError) -> Double {
    guard let number = value.doubleValue, number.isFinite else { throw error(.malformed, "expected a number") }
    guard number.magnitude <= Self.greatestBound else {
      throw error(.unsupported, "expected a bound from -2^53 to 2^53")
    }
    return number
  }

  func divisor() throws(GrammarError) -> Int {
    guard let number = value.doubleValue, number > 0 else { throw error(.malformed, "expected a positive number") }
    guard number.rounded() == number, number <= 1000 else {
      throw error(.unsupported, "expected an integer of at most 1000")
    }
    return Int(number)
  }

  func pattern() throws(GrammarError) -> [Pattern.Alternative] {
    guard let text = value.stringValue else { throw error(.malformed, "expected a string") }
    do throws(PatternParser.Failure) {
      return try PatternParser.alternatives(text)
    } catch {
      throw self.error(.unsupported, "character \(error.offset + 1): \(error.message)")
    }
  }
}
