import Foundation

/// Expectations of the memory of the whole process, which mean something only where no other test runs beside.
package enum MemoryTests {
  /// Whether they are to be checked: the environment has `TVM_MEMORY_TESTS`.
  package static var areWanted: Bool { ProcessInfo.processInfo.environment["TVM_MEMORY_TESTS"] != nil }
}
