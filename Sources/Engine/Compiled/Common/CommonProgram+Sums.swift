extension CommonProgram {
  /// A sum as C, for code of one position as for that of many: terms added from left to right, then to what they are added to.
  ///
  /// There may be no terms, where those that the weights name cancel each other out.
  static func text(ofSum terms: [String], addedTo base: String?) -> String {
    let sum = terms.isEmpty ? "0.0" : terms.joined(separator: " + ")
    return base.map { "\($0) + (\(sum))" } ?? sum
  }
}
