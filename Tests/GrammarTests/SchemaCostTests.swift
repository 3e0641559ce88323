import ChatTemplate
import Foundation
import Grammar
import Testing

/// Schemas that say much in few words: none may cost more than its length, or than what grammars are limited to.
@Suite(.serialized) struct SchemaCostTests {
  private func list(_ count: Int, _ element: (Int) -> String) -> String {
    (0..<count).map(element).joined(separator: ",")
  }

  /// The error for a schema, nil where there is none.
  private func error(_ schema: String) throws -> GrammarError? {
    let schema = try JSONValue(parsing: schema)
    do throws(GrammarError) {
      _ = try TokenGrammar(schema: schema, vocabulary: Vocabularies.bytes)
      return nil
    } catch {
      return error
    }
  }

  /// The seconds of processor time, of two tries the better, that a schema takes.
  private func cost(_ schema: String) throws -> Double {
    var times: [Double] = []
    for _ in 0..<2 {
      let start = clock_gettime_nsec(CLOCK_THREAD_CPUTIME_ID)
      _ = try error(schema)
      times.append(Double(clock_gettime_nsec(CLOCK_THREAD_CPUTIME_ID) - start) / 1e9)
    }
    return times.min() ?? 0
  }

  private func clock_gettime_nsec(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  @Test func manyReferencesToALargeSchema() throws {
    func schema(_ reference: String) -> String {
      "{\"$defs\":{\"n\":{\"type\":\"null\"}},\"properties\":{"
        + list(800) { "\"a\($0)\":{\"$ref\":\"\(reference)\"}" }
        + "}}"
    }
    let (large, small) = (try cost(schema("#")), try cost(schema("#/$defs/n")))
    #expect(large < 4 * small + 0.02, "\(large) s beside \(small) s")
  }

  @Test func manySchemasBelowALongName() throws {
    func schema(_ name: String) -> String {
      "{\"properties\":{\"\(name)\":{\"prefixItems\":[" + list(20_000) { _ in "true" } + "]}}}"
    }
    let (long, short) = (try cost(schema(String(repeating: "x", count: 20_000))), try cost(schema("x")))
    #expect(long < 4 * short + 0.05, "\(long) s beside \(short) s")
  }

  @Test func manyWays() throws {
    let ways = try error("{\"oneOf\":[" + list(1000) { "{\"const\":\($0)}" } + "]}")
    #expect(ways?.kind == .tooLarge)
    #expect(try error("{\"oneOf\":[" + list(500) { "{\"const\":\($0)}" } + "]}") == nil)
    let members = list(1000) { "\"a\($0)\":true" }
    let objects = "{\"properties\":{\(members)},\"anyOf\":[" + list(400) { _ in "{\"required\":[\"b\"]}" } + "]}"
    #expect(try cost(objects) < 60 * cost("{\"properties\":{\(members)}}"))
  }

  @Test func longListsOfValues() throws {
    func values(_ count: Int) -> String { "{\"enum\":[" + list(count) { "\($0)" } + "]}" }
    let both = "{\"allOf\":[\(values(4000)),{\"enum\":[" + list(4000) { "\"\($0)\"" } + ",1]}]}"
    #expect(try cost(both) < 8 * cost(values(4000)) + 0.05)
    let references = list(1500) { _ in "{\"$ref\":\"#/$defs/e\"}" }
    let repeated = try error("{\"$defs\":{\"e\":\(values(1500))},\"allOf\":[\(references)]}")
    #expect(repeated?.kind == .tooLarge)
  }

  @Test func longPatterns() throws {
    let dots = try error("{\"pattern\":\"" + String(repeating: ".", count: 200_000) + "\"}")
    #expect(dots?.kind == .unsupported && dots?.pointer == "/pattern")
    #expect(try error("{\"pattern\":\"^" + String(repeating: "a", count: 5000) + "$\"}") == nil)
  }

  /// Beside values with a format, its automaton is made once, not once for each value.
  @Test(arguments: ["uri", "email", "date-time", "ipv6"])
  func manyValuesOfOneFormat(_ format: String) throws {
    let value =
      ["uri": "http://a.b/", "email": "a@b.c", "date-time": "2020-01-01T00:00:00Z", "ipv6": "::1"][format] ?? ""
    let values = list(300) { "\"\(value.replacingOccurrences(of: "1", with: $0 < 1 ? "1" : "2"))\"" }
    #expect(try error("{\"format\":\"\(format)\",\"enum\":[\(values)]}") == nil)
  }
}
