/// The elements without those that a property does not need (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing
/// Input", 2002): no single one of those that are left can be removed.
///
/// - Parameters:
///   - elements: with which the property holds.
///   - holds: whether it does, with some of them left in their order.
/// - Complexity: between O(n) and O(n²) questions.
package func minimized<Element, Failure>(
  _ elements: [Element], while holds: ([Element]) throws(Failure) -> Bool
) throws(Failure) -> [Element] {
  var elements = elements
  var size = max(1, elements.count / 2)
  while !elements.isEmpty {
    var hasRemoved = false
    var end = elements.count
    // From the end: what comes late is rarely what other things need.
    while end > 0 {
      let start = max(0, end - size)
      let rest = Array(elements[..<start] + elements[min(end, elements.count)...])
      if try holds(rest) {
        elements = rest
        hasRemoved = true
      }
      end = start
    }
    if size > 1 { size /= 2 } else if !hasRemoved { break }
  }
  return elements
}
