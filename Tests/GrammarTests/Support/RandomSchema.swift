import ChatTemplate
import RandomNumbers

/// Random schemas of the keywords that are supported.
struct RandomSchema {
  var random: SplitMix64
  /// Whether `$defs` has a schema called `node` that may be referred to.
  private var hasNode = false

  init(_ random: SplitMix64) { self.random = random }

  private static let names = ["a", "ab", "b", "name", "é", "a\"b", "x\\y", "tab\t", "🙂", ""]

  mutating func schema() -> JSONValue {
    hasNode = random.chance(30)
    guard var object = subschema(4).objectValue else { return .object([:]) }
    if hasNode { object["$defs"] = .object(["node": node()]) }
    return .object(object)
  }

  /// A schema that contains itself, with documents of finite size.
  private mutating func node() -> JSONValue {
    [
      "type": "object",
      "properties": ["v": subschema(1), "next": ["anyOf": [["$ref": "#/$defs/node"], ["type": "null"]]]],
      "required": ["v"],
      "additionalProperties": .bool(false),
    ]
  }

  private mutating func subschema(_ depth: Int) -> JSONValue {
    if hasNode, random.chance(8) { return ["$ref": "#/$defs/node"] }
    switch random.below(depth > 0 ? 12 : 7) {
    case 0: return ["type": "null"]
    case 1: return ["type": "boolean"]
    case 2: return integer()
    case 3: return number()
    case 4: return string()
    case 5: return ["enum": .array((0...random.below(4)).map { _ in constant(1) })]
    case 6: return ["type": ["string", "null"]]
    case 7: return ["anyOf": .array((0...random.below(3)).map { _ in subschema(depth - 1) })]
    case 8: return array(depth)
    case 9: return ["allOf": [["type": "object", "required": [.string(name())]], object(depth)]]
    default: return object(depth)
    }
  }

  private mutating func name() -> String { Self.names[random.below(Self.names.count)] }

  private mutating func integer() -> JSONValue {
    var schema: JSONObject = ["type": "integer"]
    let low = random.below(400) - 200
    if random.chance(50) { schema[random.chance(30) ? "exclusiveMinimum" : "minimum"] = .integer(low) }
    if random.chance(50) {
      schema[random.chance(30) ? "exclusiveMaximum" : "maximum"] = .integer(low + random.below(99))
    }
    if random.chance(20) { schema["multipleOf"] = .integer(1 + random.below(12)) }
    return .object(schema)
  }

  private mutating func number() -> JSONValue {
    var schema: JSONObject = ["type": "number"]
    let units = random.below(40_000) - 20_000
    let scale = [1.0, 4, 10, 100][random.below(4)]
    let low = Double(units) / scale
    if random.chance(50) { schema[random.chance(30) ? "exclusiveMinimum" : "minimum"] = .number(low) }
    if random.chance(50) {
      schema[random.chance(30) ? "exclusiveMaximum" : "maximum"] = .number(Double(units + 21) / scale)
    }
    return .object(schema)
  }

  private mutating func string() -> JSONValue {
    var schema: JSONObject = ["type": "string"]
    let low = random.below(4)
    if random.chance(40) { schema["minLength"] = .integer(low) }
    if random.chance(40) { schema["maxLength"] = .integer(low + random.below(5)) }
    return .object(schema)
  }

  private mutating func array(_ depth: Int) -> JSONValue {
    var schema: JSONObject = ["type": "array"]
    let low = random.below(3)
    if random.chance(70) { schema["items"] = random.chance(10) ? .bool(false) : subschema(depth - 1) }
    if random.chance(20) { schema["prefixItems"] = [subschema(depth - 1), subschema(depth - 1)] }
    if random.chance(40) { schema["minItems"] = .integer(low) }
    if random.chance(40) { schema["maxItems"] = .integer(low + random.below(3)) }
    return .object(schema)
  }

  private mutating func object(_ depth: Int) -> JSONValue {
    var properties = JSONObject()
    for _ in 0..<random.below(5) { properties[name()] = subschema(depth - 1) }
    var schema: JSONObject = ["type": "object"]
    if !properties.isEmpty || random.chance(50) { schema["properties"] = .object(properties) }
    let required = (properties.keys + (random.chance(15) ? [name()] : [])).filter { _ in random.chance(50) }
    if random.chance(70) { schema["required"] = .array(required.map { .string($0) }) }
    if random.chance(30) { schema["additionalProperties"] = .bool(random.chance(40)) }
    if random.chance(15) { schema["additionalProperties"] = subschema(depth - 1) }
    return .object(schema)
  }

  mutating func constant(_ depth: Int) -> JSONValue {
    switch random.below(depth > 0 ? 7 : 5) {
    case 0: return .null
    case 1: return .bool(random.chance(50))
    case 2: return .integer(random.below(50) - 25)
    case 3: return .number(Double(random.below(100)) / 8 + 0.0625)
    case 4: return .string(name())
    case 5: return .array((0..<random.below(3)).map { _ in constant(depth - 1) })
    default: return .object(JSONObject((0..<random.below(3)).map { _ in (name(), constant(depth - 1)) }))
    }
  }
}
