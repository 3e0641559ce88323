import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Errors")
struct ValidationErrorTests {
  @Test("The description is one line: rule, index, place and what was expected")
  func descriptions() throws {
    func text(_ body: Operation..., results: [ValueType] = []) throws -> String {
      try #require(validationError(SampleModule.around(body, results: results))).description
    }
    #expect(
      try text(.localGet(7))
        == "unknown local 7 at byte 100 (0x64), function 0: expected one of 0 parameters and locals")
    #expect(
      try text(.f64, .numeric(.i32Eqz))
        == "type mismatch at byte 101 (0x65), function 0: expected i32 for i32.eqz instead of f64")
    #expect(
      try text(.numeric(.i32Add))
        == "type mismatch at byte 100 (0x64), function 0: expected i32 for i32.add instead of an empty stack")
    #expect(
      try text(.i32, .i32, results: [.i32])
        == "type mismatch at byte 102 (0x66), function 0: expected only [i32] at the end of function, not 1 more")
    var module = SampleModule.around([])
    module.exports = Array(repeating: Export(name: "a\nb", kind: .memory(0), offset: 85), count: 2)
    #expect(
      validationError(module)?.description
        == #"duplicate export name at byte 85 (0x55): expected one export called "a\nb""#)
  }

  @Test("A message begins with the rule, in words that the rules do not share")
  func messages() {
    let kinds = ValidationError.Kind.allCases
    for kind in kinds {
      let error = ValidationError(kind, index: 3, at: .init(offset: 5), expected: "something")
      #expect(error.message == "\(kind.rawValue) 3")
      #expect(error.description.hasPrefix("\(kind.rawValue) 3 at byte 5 (0x5): expected something"))
      #expect(!kinds.contains { $0 != kind && $0.rawValue.hasPrefix(kind.rawValue) })
    }
  }
}
