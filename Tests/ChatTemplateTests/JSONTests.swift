import ChatTemplate
import Testing

@Suite struct JSONTests {
  @Test func valuesAreRead() throws {
    let text = #" {"b": [1, -2, 0, 1.5, -0.0, 1e3, 1E-2], "a": {"x": null, "y": true, "z": false}, "b2": ""} "#
    let value: JSONValue = [
      "b": [1, -2, 0, 1.5, -0.0, 1000.0, 0.01], "a": ["x": nil, "y": true, "z": false], "b2": "",
    ]
    #expect(try JSONValue(parsing: text) == value)
    #expect(try JSONValue(parsing: text).objectValue?.keys == ["b", "a", "b2"])
    #expect(try JSONValue(parsing: "\u{FEFF}1") == 1)
    #expect(try JSONValue(parsing: "-0") == 0)
  }

  @Test func largeIntegersKeepTheirDigits() throws {
    #expect(try JSONValue(parsing: "9223372036854775807") == .integer(.max))
    #expect(try JSONValue(parsing: "-9223372036854775808") == .integer(.min))
    #expect(try JSONValue(parsing: "9223372036854775808") == .largeInteger("9223372036854775808"))
    #expect(try JSONValue(parsing: "1e400") == .number(.infinity))
  }

  @Test func escapesAreRead() throws {
    #expect(try JSONValue(parsing: #""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00\u0000""#) == "\"\\/\u{8}\u{C}\n\r\té😀\0")
    #expect(try JSONValue(parsing: #""\ud800x\udc00\ud800\u0041""#) == "\u{FFFD}x\u{FFFD}\u{FFFD}A")
  }

  @Test func ofEqualKeysTheLastValueCountsAtTheFirstPlace() throws {
    let object = try #require(try JSONValue(parsing: #"{"a": 1, "b": 2, "a": 3}"#).objectValue)
    #expect(object.keys == ["a", "b"])
    #expect(object["a"] == 3)
  }

  @Test func keysDifferWhereTheirScalarsDo() throws {
    let object = try #require(try JSONValue(parsing: #"{"\u00e9": 1, "e\u0301": 2}"#).objectValue)
    #expect(object.count == 2)
    #expect(object["\u{E9}"] == 1)
    #expect(object["e\u{301}"] == 2)
  }

  @Test func objectsOfAnySizeFindTheirKeys() {
    var object = JSONObject()
    for count in 0..<40 {
      object["k\(count)"] = .integer(count)
      for key in 0...count { #expect(object["k\(key)"] == .integer(key)) }
      #expect(object["k\(count + 1)"] == nil)
    }
    for key in stride(from: 0, to: 40, by: 2) { object["k\(key)"] = nil }
    #expect(object.keys == stride(from: 1, to: 40, by: 2).map { "k\($0)" })
    for key in 0..<40 { #expect(object["k\(key)"] == (key.isMultiple(of: 2) ? nil : .integer(key))) }
  }

  @Test(arguments: [
    ("", JSONError.Kind.unexpected, 0), ("  ", .unexpected, 2), ("{", .unexpected, 1), ("[1", .unexpected, 2),
    ("[1,]", .unexpected, 3), ("{\"a\" 1}", .unexpected, 5), ("{\"a\":1,}", .unexpected, 7), ("{a:1}", .unexpected, 1),
    ("1 2", .unexpected, 2), ("nul", .unexpected, 3), ("\"a", .unexpected, 0), ("01", .invalidNumber, 0),
    ("1.", .invalidNumber, 2), ("1e", .invalidNumber, 2), ("+1", .unexpected, 0), ("-", .unexpected, 0),
    ("\"\\x\"", .invalidString, 2), ("\"\\u12g4\"", .invalidString, 5), ("\"\n\"", .invalidString, 1),
    ("[1 2]", .unexpected, 3), ("[1}", .unexpected, 2), ("]", .unexpected, 0),
    (String(repeating: "[", count: 300), .tooDeep, 256), ("NaN", .unexpected, 0), ("'a'", .unexpected, 0),
  ])
  func malformedTextIsRefused(_ text: String, _ kind: JSONError.Kind, _ offset: Int) {
    #expect { try JSONValue(parsing: text) } throws: { error in
      guard let error = error as? JSONError else { return false }
      return error.kind == kind && error.offset == offset && !error.message.contains("\n")
    }
  }

  @Test func illFormedUTF8IsRefused() {
    for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80]] {
      #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
    }
  }

  @Test func errorsCountLines() {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "{\n\"a\":\n\n?}") }
    #expect(error?.description == "line 4 (byte 8): expected a value")
  }
}
