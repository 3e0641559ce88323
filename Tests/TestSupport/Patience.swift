/// How long a test waits for what is bound to happen: longer than any machine is busy, so that it ends what hangs and decides
/// nothing else.
package let patience = Duration.seconds(1200)

/// What was bound to happen and has not.
package struct NeverHappened: Error, CustomStringConvertible {
  package let description: String
}

/// Waits until a condition holds that is bound to, however little of the processor this test gets.
///
/// - Throws: ``NeverHappened`` when ``patience`` is at an end, and what the condition throws.
package func eventually(
  _ event: String, isolation: isolated (any Actor)? = #isolation, _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + patience
  while try await !condition() {
    guard ContinuousClock.now < deadline else { throw NeverHappened(description: "it never happened: \(event)") }
    try await Task.sleep(for: .milliseconds(2))
  }
}
