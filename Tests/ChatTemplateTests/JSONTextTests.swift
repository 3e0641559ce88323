import ChatTemplate
import Foundation
import Testing

@Suite struct JSONTextTests {
  @Test func valuesAreWrittenAsTheyAreRead() throws {
    for text in [
      "null", "true", "[]", "{}", #"{"b":1,"a":[2,{"c":null}],"b2":-7}"#, "123456789012345678901234567890", "1.5",
      #""é\"\\\n\r\t\u0000\u001f/😀""#, #"{"":""}"#,
    ] {
      #expect(try JSONValue(parsing: text).jsonText == text)
    }
    #expect(JSONValue.number(.infinity).jsonText == "null" && JSONValue.number(.nan).jsonText == "null")
    #expect(JSONValue.number(1e300).jsonText == "1e+300")
  }

  /// Foundation reads it as the same.
  @Test func everyCharacterComesThrough() throws {
    let all = String(String.UnicodeScalarView((0..<0x3000).compactMap { Unicode.Scalar(UInt32($0)) }))
    let read = try JSONSerialization.jsonObject(
      with: Data(JSONValue.string(all).jsonText.utf8), options: .fragmentsAllowed)
    #expect(Array((read as? String ?? "").unicodeScalars) == Array(all.unicodeScalars))
  }
}
