import ChatTemplate
import Foundation
import Grammar
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Texts that have a format, and texts that do not.
struct FormatTests {
  private static func grammar(_ format: String) throws -> TokenGrammar {
    try TokenGrammar(
      schema: ["type": "string", "format": .string(format)], vocabulary: Vocabularies.bytes, isStrict: true)
  }

  @Test(arguments: [
    ("time", ["00:00:00Z", "23:59:59.123+05:30"], ["24:00:00Z", "12:00Z", "12:00:60Z", "12:00:00"]),
    ("date-time", ["2024-02-29T12:00:00Z", "1999-12-31T23:59:59.9-08:00"], ["2024-02-29", "2023-02-29T12:00:00Z"]),
    ("duration", ["P3W", "P1Y2M3D", "PT5S", "P1DT2H", "PT1H30M"], ["P", "PT", "P1S", "1D", "P1D2M"]),
    ("email", ["a@b.de", "first.last+tag@mail.example.org"], ["a@b", "@b.de", "a@b.", "a b@c.de", "a..b@c.de"]),
    ("hostname", ["localhost", "a-b.example.org"], ["-a", "a-", "a..b", ""]),
    ("ipv4", ["0.0.0.0", "192.168.1.255"], ["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5"]),
    ("uri", ["https://example.org/a/b?c=d#e", "ftp://h:21/%20"], ["example.org", "http://", "http://a b/"]),
    ("uuid", ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567e89b12d3a456426614174000", "g23e4567-e89b-12d3"]),
    ("json-pointer", ["", "/a/b~0c~1d"], ["a", "/~", "/~2"]),
  ])
  func texts(_ format: String, _ accepted: [String], _ refused: [String]) throws {
    let grammar = try Self.grammar(format)
    for text in accepted { #expect(grammar.accepts("\"\(text)\""), "\(text) is \(format)") }
    for text in refused { #expect(!grammar.accepts("\"\(text)\""), "\(text) is no \(format)") }
  }

  /// All days of some years, compared with the calendar.
  @Test func daysAreThoseOfTheCalendar() throws {
    let grammar = try Self.grammar("date")
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for year in [1, 4, 1900, 1996, 2000, 2023, 2024, 2100, 2400] {
      for month in 0...13 {
        for day in 0...32 {
          let components = DateComponents(calendar: calendar, year: year, month: month, day: day)
          // Days before the calendar's reform are counted otherwise by it, but for their months' lengths.
          let isDay = year > 1600 ? components.isValidDate : Self.isDay(year, month, day)
          let text = String(format: "\"%04d-%02d-%02d\"", year, month, day)
          #expect(grammar.accepts(text) == isDay, "\(text)")
        }
      }
    }
    #expect(!grammar.accepts("\"0000-01-01\"") && !grammar.accepts("\"24-01-01\""))
  }

  private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return lengths.indices.contains(month - 1) && (1...lengths[month - 1]).contains(day)
  }

  /// Every way of leaving groups out, compared with the system's reader of addresses.
  @Test func addressesAreThoseOfTheSystem() throws {
    let grammar = try Self.grammar("ipv6")
    var texts = ["::", ":", "1", "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":1:2:3:4:5:6:7:8"]
    for before in 0...8 {
      for behind in 0...8 {
        let groups = { (count: Int) in Array(repeating: "af0", count: count).joined(separator: ":") }
        texts.append(groups(before) + "::" + groups(behind))
      }
      texts.append(Array(repeating: "0", count: before + 1).joined(separator: ":"))
    }
    for text in texts {
      var address = in6_addr()
      #expect(grammar.accepts("\"\(text)\"") == (inet_pton(AF_INET6, text, &address) == 1), "\(text)")
    }
  }

  @Test func aFormatStandsBesideOtherKeywords() throws {
    let grammar = try TokenGrammar(
      schema: ["type": "string", "format": "date", "pattern": "^2024-"], vocabulary: Vocabularies.bytes)
    #expect(grammar.accepts("\"2024-02-29\"") && !grammar.accepts("\"2023-02-28\"") && !grammar.accepts("\"2024-\""))
  }
}
