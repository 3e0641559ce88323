import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Specification suite", .enabled(if: SpecificationSuite.folder != nil, "\(SpecificationSuite.absence)"))
struct SpecificationSuiteTests {
  @Test("Valid modules pass, the others are refused in the suite's words")
  func judgements() throws {
    let folder = try #require(SpecificationSuite.folder)
    var counts: [String: Int] = [:]
    for entry in try SpecificationSuite.binaryModules(in: folder) {
      let type = entry.command.type
      let text = entry.command.text ?? "?"
      counts[type, default: 0] += 1
      do {
        let module = try Module(decoding: entry.bytes)
        #expect(type != "assert_malformed", "\(entry.name): decoded, though \(text)")
        try module.validate()
        #expect(type != "assert_invalid", "\(entry.name): valid, though \(text)")
      } catch let error as DecodingError {
        #expect(type == "assert_malformed", "\(entry.name): \(error)")
        #expect(error.description.hasPrefix(text), "\(entry.name): \(error), not \(text)")
      } catch let error as ValidationError {
        #expect(type == "assert_invalid", "\(entry.name): \(error)")
        #expect(error.description.hasPrefix(text), "\(entry.name): \(error), not \(text)")
        #expect(error.offset > 0 && error.offset < entry.bytes.count, "\(entry.name): \(error)")
      }
    }
    print("Specification suite: \(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
    #expect(counts["module", default: 0] >= 100 && counts["assert_invalid", default: 0] >= 900, "\(counts)")
  }
}
