/// A name that nothing else has, as ids of answers and calls are made.
package struct UniqueName: Hashable, Sendable {
  package let text: String

  /// - Parameter prefix: what tells what it names, such as `call_`.
  package init(_ prefix: String) {
    let digits = String(UInt64.random(in: 0 ... .max), radix: 16) + String(UInt64.random(in: 0 ... .max), radix: 16)
    let padding = String(repeating: "0", count: 32 - digits.count)
    text = prefix + padding + digits
  }
}
