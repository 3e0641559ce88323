import ChatTemplate
import Grammar
import Testing

/// Schemas without a grammar: each is refused with a kind and the place in the schema.
struct RefusedSchemaTests {
  private func error(_ schema: JSONValue) -> GrammarError? {
    do throws(GrammarError) {
      _ = try TokenGrammar(schema: schema, vocabulary: Vocabularies.bytes)
      return nil
    } catch {
      return error
    }
  }

  /// A schema, and the error for it.
  struct Case: Sendable, CustomTestStringConvertible {
    var schema: String
    var kind: GrammarError.Kind
    var pointer: String

    init(_ schema: String, _ kind: GrammarError.Kind, _ pointer: String) {
      self.schema = schema
      self.kind = kind
      self.pointer = pointer
    }

    var testDescription: String { schema }
  }

  static let cases = [
    Case(#"{"not":{}}"#, .unsupported, "/not"),
    Case(#"{"properties":{"a/b":{"if":{}}}}"#, .unsupported, "/properties/a~1b/if"),
    Case(#"{"type":"array","uniqueItems":true}"#, .unsupported, "/uniqueItems"),
    Case(#"{"pattern":"(?=a)"}"#, .unsupported, "/pattern"),
    Case(#"{"pattern":"a)"}"#, .unsupported, "/pattern"),
    Case(#"{"pattern":"(a^)"}"#, .unsupported, "/pattern"),
    Case(#"{"type":"text"}"#, .malformed, "/type"),
    Case(#"{"minLength":-1}"#, .malformed, "/minLength"),
    Case(#"{"minimum":"1"}"#, .malformed, "/minimum"),
    Case(#"{"required":"a"}"#, .malformed, "/required"),
    Case(#"{"items":[{"type":"null"}]}"#, .unsupported, "/items"),
    Case(#"{"properties":{"a":3}}"#, .malformed, "/properties/a"),
    Case(#"{"$ref":"other.json"}"#, .unsupported, "/$ref"),
    Case(##"{"$ref":"#/$defs/missing"}"##, .malformed, "/$ref"),
    Case(##"{"$ref":"#"}"##, .tooLarge, ""),
    Case(##"{"anyOf":[{"$ref":"#"},{"type":"null"}]}"##, .tooLarge, "/anyOf/0"),
    Case(#"false"#, .unsatisfiable, ""),
    Case(##"{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}"##, .unsatisfiable, ""),
    Case(#"{"type":"integer","minimum":3,"maximum":2}"#, .unsatisfiable, ""),
    Case(#"{"type":"string","enum":[1,2]}"#, .unsatisfiable, ""),
    Case(#"{"oneOf":[{"type":"integer"},{"type":"number"}]}"#, .unsupported, "/oneOf"),
    Case(#"{"type":"integer","exclusiveMinimum":9007199254740992,"maximum":9007199254740992}"#, .unsatisfiable, ""),
    Case(#"{"type":"integer","exclusiveMaximum":-9007199254740992,"minimum":-9007199254740992}"#, .unsatisfiable, ""),
    Case(#"{"const":1e999}"#, .unsupported, ""),
    Case(#"{"minProperties":2}"#, .unsupported, ""),
    Case(#"{"type":"array","minItems":2000000}"#, .tooLarge, ""),
    Case(#"{"pattern":"((((a{1000}){1000}){1000}){1000}){1000}"}"#, .tooLarge, ""),
    Case(#"{"pattern":"(((((){1000}){1000}){1000}){1000}){1000}"}"#, .tooLarge, ""),
    Case(#"{"pattern":"(a|b)*a(a|b){30}"}"#, .tooLarge, ""),
  ]

  @Test(arguments: cases)
  func refused(_ example: Case) throws {
    let found = error(try JSONValue(parsing: example.schema))
    #expect(found?.kind == example.kind, "\(found?.description ?? "no error")")
    #expect(found?.pointer.hasPrefix(example.pointer) == true, "\(found?.pointer ?? "no error")")
  }

  @Test func formatsThatAreNotHeldToAreRefusedUnderStrict() throws {
    func error(_ schema: JSONValue, isStrict: Bool) -> GrammarError? {
      do throws(GrammarError) {
        _ = try TokenGrammar(schema: schema, vocabulary: Vocabularies.bytes, isStrict: isStrict)
        return nil
      } catch {
        return error
      }
    }
    let schema: JSONValue = ["properties": ["a": ["type": "string", "format": "regex"]]]
    #expect(error(schema, isStrict: false) == nil)
    let refusal = error(schema, isStrict: true)
    #expect(refusal?.kind == .unsupported && refusal?.pointer == "/properties/a/format")
    #expect(error(["type": "integer", "format": "int32"], isStrict: true) == nil)
    #expect(error(["properties": ["format": ["type": "string"]]], isStrict: true) == nil)
    #expect(error(["format": 3], isStrict: false)?.kind == .malformed)
  }

  @Test func hugeSchemasAreRefusedOrMade() throws {
    // 4^12 ways of satisfying one schema.
    let option: JSONValue = [
      "anyOf": [["required": ["a"]], ["required": ["b"]], ["required": ["c"]], ["required": ["d"]]]
    ]
    #expect(error(["allOf": .array(Array(repeating: option, count: 12))])?.kind == .tooLarge)
    // A tower of references, each used twice.
    var levels = JSONObject()
    for level in 0..<40 {
      let next: JSONValue = ["$ref": .string("#/$defs/l\(level + 1)")]
      levels["l\(level)"] = ["allOf": [next, next]]
    }
    levels["l40"] = ["type": "null"]
    #expect(error(["$defs": .object(levels), "$ref": "#/$defs/l0"])?.kind == .tooLarge)
    // Many patterns, each of them within its own limits.
    let patterns = JSONObject((0..<500).map { ("p\($0)", ["pattern": .string("(a|b)*a(a|b){12}\($0)")] as JSONValue) })
    #expect(error(["properties": .object(patterns)])?.kind == .tooLarge)
    // Many constants and many members are no difficulty.
    let words = (0..<20_000).map { JSONValue.string("word \($0)") }
    #expect(error(["enum": .array(words)]) == nil)
    let members = JSONObject((0..<150).map { ("member\($0)", ["type": "integer"] as JSONValue) })
    #expect(error(["properties": .object(members)]) == nil)
  }

  @Test func deepSchemasAreRefused() {
    var schema: JSONValue = ["type": "null"]
    for _ in 0..<200 { schema = ["type": "array", "items": schema, "minItems": 1] }
    #expect(error(schema)?.kind == .tooLarge)
  }
}
