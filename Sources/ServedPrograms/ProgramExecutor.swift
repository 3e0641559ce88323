import Foundation
import Threads

/// Where programs are computed: a slice takes milliseconds, for which the threads that all tasks share must not be held.
enum ProgramExecutor {
  /// How many slices the machine computes at a moment.
  static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// For modules that were sent, which are compiled.
  static let compilers = ThreadExecutor("compilers", threads: processorCount)
}
