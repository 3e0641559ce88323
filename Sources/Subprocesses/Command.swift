package import Foundation

/// What to run as another program.
package struct Command: Sendable {
  /// What is kept of what it prints, for whoever started it.
  package enum Output: Hashable, Sendable {
    /// What it writes to its standard error.
    case errors
    /// What it writes to its standard output.
    case results
    /// Both, as it comes.
    case everything
  }

  package var executable: URL
  package var arguments: [String]
  /// The file that it reads as its standard input.
  package var input: String
  package var output: Output
  /// The signal that tells it to end before its time.
  package var endSignal: Int32
  /// The folder where it keeps temporary files; nil for where this process does.
  package var temporaryFolder: URL?

  package init(
    _ executable: URL, _ arguments: [String], input: String = "/dev/null", output: Output = .errors,
    endSignal: Int32 = SIGTERM, temporaryFolder: URL? = nil
  ) {
    self.executable = executable
    self.arguments = arguments
    self.input = input
    self.output = output
    self.endSignal = endSignal
    self.temporaryFolder = temporaryFolder
  }
}

/// Why a program could not be run, in one line.
package struct SubprocessError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ subject: String, _ failure: String, number: Int32 = errno) {
    description = "\(subject) \(failure): \(String(cString: strerror(number)))"
  }
}
