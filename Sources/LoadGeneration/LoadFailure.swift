/// Why a request has no whole answer.
package enum LoadFailure: Error, Hashable, Sendable {
  /// The server could not be reached, or closed the connection before it answered.
  case connection
  /// It took too long.
  case timeout
  /// It answered with a status other than 200.
  case status(Int)
  /// Its answer broke off.
  case brokenOff
  /// It answered with something else than was expected.
  case malformed
  /// It told of an error within its answer.
  case reported

  /// What it is called in reports.
  package var name: String {
    switch self {
    case .connection: "connection"
    case .timeout: "timeout"
    case .status(let code): "status \(code)"
    case .brokenOff: "broken off"
    case .malformed: "malformed"
    case .reported: "reported"
    }
  }
}
