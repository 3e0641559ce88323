import Foundation

/// Tests that take minutes.
package enum LongTests {
  /// Whether they are to run: the environment has `TVM_LONG_TESTS`.
  package static var areWanted: Bool { ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil }
}
