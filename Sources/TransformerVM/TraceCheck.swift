/// Compares a trace with the reference interpreter's while it is generated.
public struct TraceCheck: Sendable {
  private var reference: ReferenceTokens
  private var index = 0
  /// What was found so far: nil while both agree, else the status and one line about it.
  public private(set) var finding: (status: RunReport.Status, detail: String)?

  /// - Throws: ``VirtualMachineError`` when program and vocabulary are of different profiles.
  public init(_ program: MachineProgram, vocabulary: MachineVocabulary) throws(VirtualMachineError) {
    reference = try ReferenceTokens(of: program, vocabulary: vocabulary)
  }

  /// Compares the next slice of tokens; those of the host are a slice by themselves.
  ///
  /// - Returns: how many of them are worth keeping: all while both agree, up to the first that differs, that one included, and
  ///   none from where the program's behaviour is undefined.
  public mutating func check(_ ids: ArraySlice<UInt16>, _ vocabulary: MachineVocabulary) -> Int {
    guard finding == nil else { return 0 }
    let start = index
    do {
      if reference.awaitsHost {
        try reference.read(ids, vocabulary)
        index += ids.count
        return ids.count
      }
      for id in ids {
        let expected = try reference.next()
        index += 1
        if expected != Int32(id) {
          let wanted = expected.map { vocabulary.text(of: Int($0)) } ?? "the end"
          let words = "expected \(wanted), found \(vocabulary.text(of: Int(id)))"
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
