extension TransformerModel {
  /// Checks everything that a model promises.
  func validate() throws(TransformerError) {
    try validateVocabulary()
    let width = modelWidth
    guard width >= 4, width.isMultiple(of: 2) else {
      throw inconsistent("the model width must be even and at least 4 (three slots hold the position), found \(width)")
    }
    try validate(embedding, "embed", rows: vocabularySize, columns: width)
    for (index, layer) in layers.enumerated() {
      try validate(layer, "layers.\(index)")
    }
    try validate(head, "head", rows: vocabularySize, columns: width)
  }

  private func validateVocabulary() throws(TransformerError) {
    guard !vocabulary.isEmpty, vocabulary.count <= Int(Int32.max) else {
      throw inconsistent("a vocabulary holds 1 to 2147483647 tokens, found \(vocabulary.count)")
    }
    guard vocabulary.indices.contains(stopToken) else {
      throw inconsistent("the stop token must be 0 to \(vocabulary.count - 1), found \(stopToken)")
    }
    // By bytes, because strings that Swift holds equal may be different tokens.
    var seen = Set<[UInt8]>()
    for (token, name) in vocabulary.enumerated() where !seen.insert(Array(name.utf8)).inserted {
      throw inconsistent("token \(token) has the name of an earlier token, \(String(reflecting: name))")
    }
  }

  private func validate(_ layer: TransformerLayer, _ name: String) throws(TransformerError) {
    let width = modelWidth
    let neurons = feedForwardWidth
    try validate(layer.inProjection, name + ".attention.in_proj", rows: 3 * width, columns: width)
    try validate(layer.outProjection, name + ".attention.out_proj", rows: width, columns: width)
    try validate(layer.feedForwardIn, name + ".ffn.in", rows: 2 * neurons, columns: width)
    try validate(layer.feedForwardOut, name + ".ffn.out", rows: width, columns: neurons)
    for slot in layer.erasedAfterAttention + layer.erasedAfterFeedForward where slot < 0 || slot >= width {
      throw inconsistent("\(name): an erased slot must be 0 to \(width - 1), found \(slot)")
    }
    guard layer.tieRules.count == headCount, layer.headRoles.count == headCount else {
      throw inconsistent(
        "\(name): expected a tie rule and a role for each of \(headCount) heads, "
          + "found \(layer.tieRules.count) and \(layer.headRoles.count)")
    }
  }

  private func validate(_ matrix: Matrix, _ name: String, rows: Int, columns: Int) throws(TransformerError) {
    guard matrix.rows == rows, matrix.columns == columns else {
      throw inconsistent("\(name): expected \(rows) × \(columns), found \(matrix.rows) × \(matrix.columns)")
    }
    if let bad = matrix.elements.firstIndex(where: { !$0.isFinite }) {
      throw inconsistent(
        "\(name): row \(bad / columns), column \(bad % columns): expected a finite weight, found \(matrix.elements[bad])"
      )
    }
  }

  private func inconsistent(_ message: String) -> TransformerError {
    TransformerError(.inconsistent, message)
  }
}
