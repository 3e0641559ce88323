/// Something that a document says and that is not so.
struct PlanDifference {
  let field: String
  let expected: String
  /// nil when the document has no line for it.
  let line: Int?

  /// The first difference between a document that was read and the one that follows from its placements.
  static func first(_ found: PlanDocument, _ derived: PlanDocument) -> PlanDifference? {
    let header =
      difference(PlanField.headCount, found.headCount, derived.headCount)
      ?? difference(PlanField.feedForwardWidth, found.feedForwardWidth, derived.feedForwardWidth)
      ?? first(found.embedding, derived.embedding)
    if let header { return header }
    for (number, (half, other)) in zip(found.halves, derived.halves).enumerated() {
      let used = number % 2 == 0 ? PlanField.headsUsed : PlanField.neuronsUsed
      let difference =
        names(PlanField.erased, half.erased, other.erased)
        ?? names(
          PlanField.refilled, half.refilled.flatMap { [$0.new, $0.old] }, other.refilled.flatMap { [$0.new, $0.old] })
        ?? difference(used, half.used, other.used)
        ?? first(half.boundary, other.boundary)
      if let difference { return difference }
    }
    return nil
  }

  private static func first(_ found: PlanDocument.Boundary, _ derived: PlanDocument.Boundary) -> PlanDifference? {
    difference(PlanField.dependencyWidth, found.dependencyWidth, derived.dependencyWidth)
      ?? difference(PlanField.linearWidth, found.linearWidth, derived.linearWidth)
      ?? live(found, derived)
  }

  private static func difference(
    _ field: String, _ found: Located<Int>, _ derived: Located<Int>
  ) -> PlanDifference? {
    if found == derived { return nil }
    return PlanDifference(field: field, expected: String(derived.value), line: found.line)
  }

  /// Order counts in neither list, but a name that is there must be there once.
  private static func names(
    _ field: String, _ found: [Located<String>], _ derived: [Located<String>]
  ) -> PlanDifference? {
    if found.map(\.value).sorted() == derived.map(\.value).sorted() { return nil }
    let expected = derived.isEmpty ? "empty" : derived.map(\.value).joined(separator: ", ")
    return PlanDifference(field: field, expected: expected, line: found.first?.line)
  }

  private static func live(_ found: PlanDocument.Boundary, _ derived: PlanDocument.Boundary) -> PlanDifference? {
    let slots = Dictionary(derived.live.map { ($0.name.value, $0.slot.value) }, uniquingKeysWith: { first, _ in first })
    for entry in found.live {
      guard let slot = slots[entry.name.value] else {
        return PlanDifference(field: PlanField.live, expected: "without '\(entry.name.value)'", line: entry.name.line)
      }
      if slot != entry.slot.value {
        return PlanDifference(field: entry.name.value, expected: "slot \(slot)", line: entry.slot.line)
      }
    }
    let names = Set(found.live.map(\.name.value))
    guard let missing = derived.live.first(where: { !names.contains($0.name.value) }) else { return nil }
    return PlanDifference(
      field: PlanField.live, expected: "with '\(missing.name.value)'", line: found.dependencyWidth.line)
  }
}
