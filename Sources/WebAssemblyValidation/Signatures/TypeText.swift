import WebAssembly

extension [ValueType] {
  /// The types as the specification writes them: `[i32 f64]`. Of a long list the first ones.
  var text: String {
    let shown = 8
    let names = prefix(shown).map(\.rawValue) + (count > shown ? ["…"] : [])
    return "[\(names.joined(separator: " "))]"
  }
}

extension FunctionType {
  /// The type as the specification writes it: `[i32 f64] -> [i64]`.
  var text: String { "\(parameters.text) -> \(results.text)" }
}
