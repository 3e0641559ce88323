import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Connections whose answers are read as they come.
final class StreamingConnections: NSObject, URLSessionDataDelegate, Sendable {
  /// The bytes of an answer's body, and when they came.
  typealias Answer = AsyncThrowingStream<(Data, Duration), any Error>

  /// A request whose answer has not ended.
  private struct Running {
    let answer: Answer.Continuation
    let deadline: DispatchWorkItem
    var isLate = false
    var hasAnswered = false
    /// What it is refused with.
    var refusal: ServerRefusal?
  }

  private struct State {
    var session: URLSession?
    var running: [Int: Running] = [:]
  }

  private let now: @Sendable () -> Duration
  private let state = Mutex(State())

  /// - Parameter now: the time since any moment.
  init(now: @escaping @Sendable () -> Duration) {
    self.now = now
    super.init()
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpMaximumConnectionsPerHost = 1 << 16
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    configuration.urlCache = nil
    configuration.timeoutIntervalForRequest = 1_000_000
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    state.withLock { $0.session = session }
  }

  /// Closes the connections; the session holds this object until then.
  func close() {
    state.withLock { state in
      state.session?.invalidateAndCancel()
      state.session = nil
    }
  }

  /// Sends a request.
  ///
  /// - Returns: the answer's body; it ends with a `LoadFailure` where the request fails, and with a `ServerRefusal` where the server
  ///   answers with another status than 200.
  func send(_ request: URLRequest, timeout: Duration) -> Answer {
    let (answer, continuation) = Answer.makeStream()
    let task = state.withLock { state -> URLSessionDataTask? in
      guard let task = state.session?.dataTask(with: request) else { return nil }
      let number = task.taskIdentifier
      let deadline = DispatchWorkItem { [weak self] in self?.giveUp(number, task) }
      state.running[number] = Running(answer: continuation, deadline: deadline)
      DispatchQueue.global().asyncAfter(deadline: .now() + timeout / .seconds(1), execute: deadline)
      return task
    }
    guard let task else {
      continuation.finish(throwing: LoadFailure.connection)
      return answer
    }
    // Whoever has read enough lets go of the stream.
    continuation.onTermination = { reason in
      if case .cancelled = reason { task.cancel() }
    }
    task.resume()
    return answer
  }

  private func giveUp(_ number: Int, _ task: URLSessionDataTask) {
    state.withLock { $0.running[number]?.isLate = true }
    task.cancel()
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let status = (response as? HTTPURLResponse)?.statusCode ?? 0
    state.withLock { state in
      state.running[dataTask.taskIdentifier]?.hasAnswered = true
      if status != 200 { state.running[dataTask.taskIdentifier]?.refusal = ServerRefusal(status: status) }
    }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let time = now()
    let running = state.withLock { state -> Running? in
      state.running[dataTask.taskIdentifier]?.refusal?.append(data)
      return state.running[dataTask.taskIdentifier]
    }
    if running?.refusal == nil { running?.answer.yield((data, time)) }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    guard let running = state.withLock({ $0.running.removeValue(forKey: task.taskIdentifier) }) else { return }
    running.deadline.cancel()
    if let refusal = running.refusal { return running.answer.finish(throwing: refusal) }
    // A redirection that is not followed ends without an answer.
    if !running.hasAnswered, let status = (task.response as? HTTPURLResponse)?.statusCode, status != 200 {
      return running.answer.finish(throwing: ServerRefusal(status: status))
    }
    guard error != nil else { return running.answer.finish() }
    running.answer.finish(
      throwing: running.isLate ? LoadFailure.timeout : running.hasAnswered ? .brokenOff : .connection)
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    // Answered by another than was asked: a failure with the status.
    completionHandler(nil)
  }
}
