import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Sends single requests and measures their answers.
struct LoadClient: Sendable {
  private let connections: StreamingConnections
  private let target: LoadTarget
  private let now: @Sendable () -> Duration

  /// A client whose connections are as many as its requests.
  ///
  /// - Parameter now: the time since the load began.
  init(_ target: LoadTarget, now: @escaping @Sendable () -> Duration) {
    self.target = target
    self.now = now
    connections = StreamingConnections(now: now)
  }

  /// Closes the connections, when all requests have ended.
  func close() {
    connections.close()
  }

  /// Sends a request that is due, and reads its answer.
  func run(_ request: LoadPlan.Request, due: Duration) async -> RequestRecord {
    var record = RequestRecord(due: due, sent: now())
    do {
      try await read(request, to: &record)
    } catch {
      record.failure = error
    }
    record.end = now()
    return record
  }

  private func read(_ request: LoadPlan.Request, to record: inout RequestRecord) async throws(LoadFailure) {
    var answer = AnswerReader(streams: target.streams)
    do {
      for try await (bytes, time) in connections.send(try message(request), timeout: target.timeout) {
        if try answer.take(bytes, at: time, to: &record) { break }
      }
      try answer.end(&record)
    } catch let refusal as ServerRefusal {
      record.refusal = refusal.message
      throw .status(refusal.status)
    } catch let failure as LoadFailure {
      throw failure
    } catch {
      throw .malformed
    }
  }

  private func message(_ request: LoadPlan.Request) throws(LoadFailure) -> URLRequest {
    guard let url = URL(string: target.url) else { throw .connection }
    var message = URLRequest(url: url)
    message.httpMethod = "POST"
    message.setValue("application/json", forHTTPHeaderField: "Content-Type")
    if let key = target.key { message.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization") }
    do { message.httpBody = try RequestBody(request, for: target).encoded() } catch { throw .malformed }
    return message
  }
}
