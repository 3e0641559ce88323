public import InstructionSet
import Reference

/// Compares a trace with the reference interpreter's while it is generated.
public struct TraceCheck: Sendable {
  private var interpreter: ReferenceInterpreter
  private var index = 0
  /// What was found so far: nil while both agree, else the status and one line about it.
  public private(set) var finding: (status: RunReport.Status, detail: String)?

  public init(_ program: Program) {
    interpreter = ReferenceInterpreter(program)
  }

  /// Compares the next tokens; returns how many of them are worth keeping: all while both agree, up to the first that
  /// differs, that one included, and none from where the program's behaviour is undefined.
  public mutating func check(_ ids: ArraySlice<UInt16>, _ vocabulary: Vocabulary) -> Int {
    guard finding == nil else { return 0 }
    let start = index
    do {
      for id in ids {
        let found = vocabulary.tokens[Int(id)]
        let expected = try interpreter.next()
        index += 1
        if expected != found {
          let words = "expected \(expected?.text ?? "the end"), found \(found.text)"
          finding = (.mismatch, "generated token \(index - 1): \(words)")
          break
        }
      }
    } catch {
      finding = (.trap, "\(error)")
    }
    return index - start
  }
}
