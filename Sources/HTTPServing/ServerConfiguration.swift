/// How a server listens, and what it puts up with.
package struct ServerConfiguration: Sendable {
  package var host = "127.0.0.1"
  /// 0 for any that is free.
  package var port = 8000
  /// The keys that requests may bring; none for no keys.
  package var keys = APIKeys([])
  /// The most bytes of a request's body.
  package var largestBody = 8 << 20
  /// How long the head of a connection's first request may take to come.
  package var headTimeout = Duration.seconds(30)
  /// How long a request's body may take to come.
  package var bodyTimeout = Duration.seconds(30)
  /// How long a request may take to be answered, waiting included; nil for as long as it takes.
  package var requestTimeout: Duration?
  /// The most connections at once; more wait to be taken.
  package var mostConnections = 512
  /// How long a connection may take from one response to the head of its next request.
  package var idleTimeout = Duration.seconds(120)
  /// How long requests that run may go on after the server was told to stop.
  package var shutdownLimit = Duration.seconds(30)
  /// How long connections may take after that to read their last words.
  package var drainLimit = Duration.seconds(10)
  /// What waits for the time of bodies and requests to be over; throws when it is cancelled.
  package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

  package init() {}
}
