import ArgumentParser
import ModuleExecution
import WebAssembly

/// A function's name and its arguments.
struct FunctionCall {
  let name: String
  var arguments: [WebAssemblyValue] = []

  /// What stands before a name that might be taken for a value.
  private static let namePrefix = "call:"

  /// - Throws: `ValidationError` when a value comes first or has the form of none that there is.
  static func calls(_ words: [String]) throws -> [FunctionCall] {
    var calls: [FunctionCall] = []
    for word in words {
      guard !word.hasPrefix(namePrefix) else {
        calls.append(FunctionCall(name: String(word.dropFirst(namePrefix.count))))
        continue
      }
      guard let colon = word.firstIndex(of: ":"), ValueType(rawValue: String(word[..<colon])) != nil else {
        calls.append(FunctionCall(name: word))
        continue
      }
      guard !calls.isEmpty else { throw ValidationError("expected the name of a function, found '\(word)'") }
      do {
        calls[calls.count - 1].arguments.append(try WebAssemblyValue(text: word))
      } catch {
        throw ValidationError("\(error)")
      }
    }
    return calls
  }
}
