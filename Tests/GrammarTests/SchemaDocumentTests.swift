import ChatTemplate
import Grammar
import Testing

/// Documents that a schema's grammar writes, and documents that it does not.
struct SchemaDocumentTests {
  private func grammar(_ schema: String) throws -> TokenGrammar {
    try TokenGrammar(schema: JSONValue(parsing: schema), vocabulary: Vocabularies.bytes)
  }

  /// A schema, documents of its grammar, and texts that are not.
  struct Case: Sendable, CustomTestStringConvertible {
    var schema: String
    var accepted: [String]
    var refused: [String]

    init(_ schema: String, _ accepted: [String], _ refused: [String]) {
      self.schema = schema
      self.accepted = accepted
      self.refused = refused
    }

    var testDescription: String { schema }
  }

  static let scalars = [
    Case(
      #"{}"#, [#"{"a":[1,-2.5e+10,"x\u00e9\\",null,true,{}]}"#, "0", "\"\""],
      ["", "01", "[1,]", "{,}", "nul", "\"\n\""]),
    Case(#"{"type":"integer"}"#, ["0", "-7", "999999999999999999"], ["1.0", "1e3", "007", "+1", "-", ""]),
    Case(#"{"type":"number"}"#, ["0", "-0.5", "1e9", "2.5E-3"], [".5", "1.", "1e", "NaN", "1e1000"]),
    Case(#"{"type":["string","null"]}"#, ["null", "\"a\""], ["1", "true"]),
    Case(
      #"{"type":"string","minLength":2,"maxLength":3}"#, ["\"ab\"", "\"é🙂\"", "\"\\u00e9a\\n\""], ["\"a\"", "\"abcd\""]),
    Case(
      #"{"type":"string"}"#, [#""\ud7ff""#, #""\uE000""#], [#""\ud800""#, #""\uDfff\udc00""#, "\"\u{1F}\"", #""\x""#]),
    Case(#"{"enum":["a",1,null,[1,{"b":2}]]}"#, ["\"a\"", "1", "null", #"[1, {"b":2}]"#], ["\"b\"", "2", "[1]"]),
    Case(#"{"const":{"a":"\"\n"}}"#, [#"{"a":"\"\n"}"#], ["{}", #"{"a":"\""}"#]),
    Case(#"{"type":"integer","minimum":-3,"maximum":12}"#, ["-3", "0", "9", "12"], ["-4", "13", "20", "-0", "00"]),
    Case(#"{"type":"integer","exclusiveMinimum":99,"multipleOf":7}"#, ["105", "700"], ["98", "99", "106"]),
    Case(
      #"{"type":"number","minimum":0.25,"exclusiveMaximum":2}"#, ["0.25", "0.3", "1", "1.999999"],
      ["0.2", "2", "2.0", "0", "-1"]),
    Case(#"{"type":"number","maximum":-1.5}"#, ["-1.5", "-2", "-100.25"], ["-1.4", "0", "-1"]),
    Case(#"{"pattern":"^a+(b|[0-9]{2})?$"}"#, ["\"a\"", "\"aab\"", "\"a42\""], ["\"b\"", "\"a4\"", "\"ab \""]),
    Case(#"{"pattern":"b","maxLength":3}"#, ["\"b\"", "\"abc\"", "\"\\nb\""], ["\"ac\"", "\"abcd\""]),
    Case(#"{"pattern":"^[^a-z\"]$"}"#, ["\"é\"", "\"A\"", "\"\\\\\""], ["\"a\"", "\"\\\"\""]),
  ]

  @Test(arguments: scalars + containers)
  func documents(_ example: Case) throws {
    let grammar = try grammar(example.schema)
    for text in example.accepted { #expect(grammar.accepts(text), "\(text) of \(example.schema)") }
    for text in example.refused { #expect(!grammar.accepts(text), "\(text) of \(example.schema)") }
  }

  static let containers = [
    Case(
      #"{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"boolean"}},"required":["b"]}"#,
      [#"{"b":true}"#, "{\"a\": 1,\n  \"b\": false}", "{ \"b\" : true }"],
      ["{}", #"{"a":1}"#, #"{"b":true,"a":1}"#, #"{"b":true,"c":1}"#, #"{"b":true,}"#, #"{"b":true,"b":true}"#]
    ),
    Case(
      #"{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":{"type":"string"}}"#,
      ["{}", #"{"a":1,"b":"x","ab":"y"}"#, #"{"":"x"}"#, #"{"b\n":"x"}"#, #"{"b\u0061":"x"}"#],
      [#"{"a":"x"}"#, #"{"\u0061":"x"}"#, #"{"b":1}"#, #"{"b":"x","a":"y"}"#]
    ),
    Case(
      #"{"type":"object","properties":{"é":true,"x/y":true,"q\"":true},"additionalProperties":false}"#,
      [#"{"é":1,"x/y":[],"q\"":{}}"#, "{}"], [#"{"e":1}"#]
    ),
    Case(#"{"required":["k"],"additionalProperties":true}"#, [#"{"k":1,"z":2}"#], ["{}", #"{"z":1}"#, "1"]),
    Case(
      #"{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":3}"#,
      ["[1]", "[1,2]", "[ 1, 2, 3 ]"], ["[]", "[1,2,3,4]", "[1,]", #"["a"]"#]
    ),
    Case(#"{"type":"array","maxItems":0}"#, ["[]", "[ ]"], ["[1]"]),
    Case(
      #"{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":{"type":"null"}}"#,
      ["[]", #"["a"]"#, #"["a",1,null,null]"#], ["[1]", #"["a",1,2]"#]
    ),
    Case(
      #"{"type":"array","prefixItems":[{"type":"string"}],"items":false,"minItems":1}"#, [#"["a"]"#],
      ["[]", #"["a","b"]"#]
    ),
    Case(
      ##"{"$defs":{"t":{"type":"object","properties":{"c":{"type":"array","items":{"$ref":"#/$defs/t"}}},"required":["c"]}},"$ref":"#/$defs/t"}"##,
      [#"{"c":[]}"#, #"{"c":[{"c":[{"c":[]}]},{"c":[]}]}"#], ["{}", #"{"c":[{}]}"#]
    ),
    Case(
      ##"{"type":"object","properties":{"n":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["n"]}"##,
      [#"{"n":null}"#, #"{"n":{"n":{"n":null}}}"#], ["{}", #"{"n":{}}"#]
    ),
    Case(
      #"{"anyOf":[{"type":"object","properties":{"k":{"const":"a"},"x":{"type":"integer"}},"required":["k","x"]},{"type":"object","properties":{"k":{"const":"b"}},"required":["k"]}]}"#,
      [#"{"k":"a","x":1}"#, #"{"k":"b"}"#], [#"{"k":"a"}"#, #"{"k":"b","x":1}"#]
    ),
    Case(
      #"{"oneOf":[{"type":"object","properties":{"k":{"const":"a"}},"required":["k"]},{"type":"object","properties":{"k":{"enum":["b"]}},"required":["k"]},{"type":"null"}]}"#,
      [#"{"k":"a"}"#, "null"], ["{}", "1"]
    ),
    Case(
      #"{"allOf":[{"properties":{"a":{"type":"integer","minimum":3}}},{"properties":{"a":{"maximum":5}},"required":["a"]}]}"#,
      [#"{"a":4}"#], [#"{"a":6}"#, "{}"]
    ),
    Case(
      #"{"type":"object","properties":{"a":true,"b":true},"anyOf":[{"required":["a"]},{"required":["b"]}]}"#,
      [#"{"a":1}"#, #"{"b":1}"#, #"{"a":1,"b":2}"#], ["{}"]
    ),
  ]
}
