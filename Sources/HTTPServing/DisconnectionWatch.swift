import NIOCore
import NIOHTTPTypes
import OpenAIProtocol
import ServedModels
import Synchronization

/// Notices when a connection's client goes away, while nothing is written to it either.
final class DisconnectionWatch: ChannelInboundHandler, RemovableChannelHandler, Sendable {
  typealias InboundIn = HTTPRequestPart

  private struct State {
    var isGone = false
    var answers: [Int: @Sendable () -> Void] = [:]
    var begun = 0
  }

  private let state = Mutex(State())
  private let executor: (any TaskExecutor)?

  /// - Parameter executor: where answers are passed on; nil for the threads that all tasks share.
  init(executor: (any TaskExecutor)?) {
    self.executor = executor
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent { end() }
    context.fireUserInboundEventTriggered(event)
  }

  private func end() {
    let answers = state.withLock { state in
      state.isGone = true
      defer { state.answers = [:] }
      return state.answers.values
    }
    for cancel in answers { cancel() }
  }

  /// The same answers, which end when the client goes away.
  ///
  /// - Parameters:
  ///   - limit: how long they may take; nil for as long as it takes.
  ///   - recorder: told of all that comes.
  ///   - goesOn: told of it too; where it says no, the answers end.
  ///   - sleep: waits for so long.
  func watching(
    _ answers: AnswerStream, within limit: Duration?, _ recorder: AnswerRecorder,
    goesOn: @escaping @Sendable (AnswerPart) -> Bool = { _ in true },
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) -> AnswerStream {
    let (stream, continuation) = AnswerStream.makeStream()
    let tasks = CancellableTasks()
    let number = begin {
      // Before the answers end, which would look as if they were whole.
      continuation.finish(throwing: CancellationError())
      tasks.cancel()
    }
    // Before anything can end: nobody is told of an end that came earlier.
    continuation.onTermination = { [weak self] _ in
      tasks.cancel()
      self?.forget(number)
    }
    tasks.add(
      Task(executorPreference: executor) {
        do {
          for try await part in answers {
            recorder.note(part)
            guard goesOn(part) else { throw APIError.cancelled }
            continuation.yield(part)
          }
          continuation.finish()
        } catch {
          recorder.note(error)
          continuation.finish(throwing: error)
        }
      })
    guard let limit else { return stream }
    tasks.add(
      Task(executorPreference: executor) {
        do { try await sleep(limit) } catch { return }
        continuation.finish(throwing: APIError(.unavailable, "not done within \(limit)", code: "request_timeout"))
      })
    return stream
  }

  /// Does what comes before an answer, unless the client goes away.
  ///
  /// - Throws: what the work throws, which is cancelled when the client goes.
  func whileConnected<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = Task(executorPreference: executor, operation: work)
    let number = begin { task.cancel() }
    defer { forget(number) }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// Has something done when the client goes away, at once if it has gone.
  private func begin(_ cancel: @escaping @Sendable () -> Void) -> Int {
    let (number, isGone) = state.withLock { state in
      state.begun += 1
      if !state.isGone { state.answers[state.begun] = cancel }
      return (state.begun, state.isGone)
    }
    if isGone { cancel() }
    return number
  }

  private func forget(_ number: Int) {
    state.withLock { $0.answers[number] = nil }
  }
}

/// Tasks that end together.
private final class CancellableTasks: Sendable {
  private struct State {
    var tasks: [Task<Void, Never>] = []
    var isCancelled = false
  }

  private let state = Mutex(State())

  /// Adds a task, which ends at once if the others have.
  func add(_ task: Task<Void, Never>) {
    let isLate = state.withLock { state in
      if !state.isCancelled { state.tasks.append(task) }
      return state.isCancelled
    }
    if isLate { task.cancel() }
  }

  func cancel() {
    let tasks = state.withLock { state in
      state.isCancelled = true
      defer { state.tasks = [] }
      return state.tasks
    }
    for task in tasks { task.cancel() }
  }
}
