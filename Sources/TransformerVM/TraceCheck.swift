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

  /// Compares the next tokens; returns whether both agree so far.
  public mutating func check(_ ids: ArraySlice<UInt16>, _ vocabulary: Vocabulary) -> Bool {
    guard finding == nil else { return false }
    do {
      for id in ids {
        let found = vocabulary.tokens[Int(id)]
        let expected = try interpreter.next()
        if expected != found {
          let words = "expected \(expected?.text ?? "the end"), found \(found.text)"
          finding = (.mismatch, "generated token \(index): \(words)")
          return false
        }
        index += 1
      }
    } catch {
      finding = (.trap, "\(error)")
    }
    return finding == nil
  }
}
