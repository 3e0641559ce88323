extension String {
  /// The text in lower case as Python has it, where a capital sigma that ends a word becomes another letter than elsewhere.
  var lowerCased: String {
    guard unicodeScalars.contains("Σ") else { return lowercased() }
    let scalars = Array(unicodeScalars)
    return scalars.indices.map(scalars.lowerCased).joined()
  }
}

extension [Unicode.Scalar] {
  /// One scalar in lower case.
  func lowerCased(at index: Int) -> String {
    guard self[index] == "Σ" else { return self[index].properties.lowercaseMapping }
    let before = self[..<index].last { !$0.properties.isCaseIgnorable }
    let after = self[(index + 1)...].first { !$0.properties.isCaseIgnorable }
    return before?.properties.isCased == true && after?.properties.isCased != true ? "ς" : "σ"
  }
}
