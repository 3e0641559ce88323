extension PlanDocument {
  /// The document as YAML, one name a line, so that two plans can be compared line by line.
  var text: String {
    var text = """
      # Where every operation of a computation graph runs, and what the residual stream holds at the end of every half-layer.
      \(PlanField.format): \(PlanField.formatName)
      \(PlanField.modelWidth): \(modelWidth.value)
      \(PlanField.layerCount): \(layerCount.value)
      \(PlanField.headCount): \(headCount.value)
      \(PlanField.feedForwardWidth): \(feedForwardWidth.value)
      \(PlanField.reuse): \(reuse.value.rawValue)
      \(PlanField.solver): \(YAMLText.scalar(solver.value))
      \(PlanField.status): \(YAMLText.scalar(status.value.description))
      \(PlanField.embedding):

      """
    text += Self.text(of: embedding, indent: "  ")
    text += "\(PlanField.schedule):\n"
    for (number, half) in halves.enumerated() {
      let isAttention = number % 2 == 0
      if isAttention { text += "  - \(PlanField.layer): \(number / 2)\n" }
      text += "    \(isAttention ? PlanField.attention : PlanField.feedForward):\n"
      text += Self.text(of: half, isAttention: isAttention, indent: "      ")
    }
    return text
  }

  private static func text(of half: Half, isAttention: Bool, indent: String) -> String {
    var text = list(isAttention ? PlanField.lookups : PlanField.reglus, half.first, indent)
    if !isAttention { text += list(PlanField.tables, half.tables, indent) }
    text += list(PlanField.persists, half.persists, indent)
    text += list(PlanField.erased, half.erased, indent)
    let refilled = half.refilled.map { (YAMLText.scalar($0.new.value), YAMLText.scalar($0.old.value)) }
    text += mapping(PlanField.refilled, refilled, indent)
    text += "\(indent)\(isAttention ? PlanField.headsUsed : PlanField.neuronsUsed): \(half.used.value)\n"
    return text + self.text(of: half.boundary, indent: indent)
  }

  private static func text(of boundary: Boundary, indent: String) -> String {
    "\(indent)\(PlanField.dependencyWidth): \(boundary.dependencyWidth.value)\n"
      + "\(indent)\(PlanField.linearWidth): \(boundary.linearWidth.value)\n"
      + mapping(
        PlanField.live, boundary.live.map { (YAMLText.scalar($0.name.value), String($0.slot.value)) }, indent)
  }

  private static func list(_ field: String, _ names: [Located<String>], _ indent: String) -> String {
    if names.isEmpty { return "\(indent)\(field): []\n" }
    return "\(indent)\(field):\n" + names.map { "\(indent)  - \(YAMLText.scalar($0.value))\n" }.joined()
  }

  private static func mapping(_ field: String, _ pairs: [(String, String)], _ indent: String) -> String {
    if pairs.isEmpty { return "\(indent)\(field): {}\n" }
    return "\(indent)\(field):\n" + pairs.map { "\(indent)  \($0): \($1)\n" }.joined()
  }
}
