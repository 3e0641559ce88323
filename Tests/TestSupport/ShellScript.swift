package import Foundation
import Subprocesses

/// Shell scripts that stand for other programs.
package enum ShellScript {
  /// Why a script could not be written.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Writes a script that can be started at once.
  ///
  /// Another process writes it, which starts nothing: what this one starts on other threads would inherit the file open for writing
  /// for a moment, and the system refuses to start what somebody may still write to.
  ///
  /// - Throws: ``Failure``, and what cannot be started.
  package static func write(_ text: String, to file: URL) throws {
    let write = #"printf '#!/bin/sh\n%s\n' "$1" > "$0" && chmod 700 "$0""#
    let command = Command(URL(filePath: "/bin/sh"), ["-c", write, file.path, text])
    let result = try Subprocess().run(command, within: Double(patience.components.seconds))
    guard result.isSuccess else { throw Failure(description: "\(file.path): \(result.ending) \(result.output)") }
  }
}
