import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import ServedModels
package import ServiceLifecycle
import UnixSignals

/// An OpenAI-compatible server of models.
///
/// ```swift
/// let server = HTTPServer(ServedModels([model]), ServerConfiguration())
/// try await server.run(untilSignal: true) { print("listening on port \($0)") }
/// ```
package struct HTTPServer: Sendable {
  private let models: ServedModels
  private let configuration: ServerConfiguration
  private let logger: Logger
  private let executor: (any TaskExecutor)?

  /// - Parameter executor: where requests are answered; nil for the threads that all tasks share.
  package init(
    _ models: ServedModels, _ configuration: ServerConfiguration, logger: Logger = Logger(label: "mili"),
    executor: (any TaskExecutor)? = nil
  ) {
    self.models = models
    self.configuration = configuration
    self.logger = logger
    self.executor = executor
  }

  /// Serves until it is told to stop; requests that run then go on within their limit.
  ///
  /// - Parameters:
  ///   - untilSignal: whether SIGTERM and SIGINT tell it to stop.
  ///   - secondSignal: called when another one comes while it stops.
  ///   - listening: called with the port once connections are taken.
  /// - Throws: `ListeningError` when the address cannot be listened on.
  package func run(
    untilSignal: Bool = false, secondSignal: @escaping @Sendable () -> Void = {},
    listening: @escaping @Sendable (Int) async -> Void = { _ in }
  ) async throws {
    let group = group(listening: listening)
    let signals = untilSignal ? await UnixSignalsSequence(trapping: .sigterm, .sigint) : nil
    let watch = signals.map { signals in
      Task {
        var isStopping = false
        for await _ in signals {
          if isStopping { secondSignal() } else { await group.triggerGracefulShutdown() }
          isStopping = true
        }
      }
    }
    defer { watch?.cancel() }
    do {
      try await group.run()
    } catch {
      throw ListeningError(error, host: configuration.host, port: configuration.port)
    }
  }

  /// What serves, to be run and told to stop by others.
  package func group(listening: @escaping @Sendable (Int) async -> Void) -> ServiceGroup {
    // Services stop in reverse: connections only when what they wait for has ended.
    let stop = StopFlag()
    let closer = ModelCloser(models: models, limit: configuration.shutdownLimit, stop: stop)
    var group = ServiceGroupConfiguration(services: [application(stop, listening), closer], logger: quiet)
    group.maximumGracefulShutdownDuration = configuration.shutdownLimit + configuration.drainLimit
    return ServiceGroup(configuration: group)
  }

  private func application(
    _ stop: StopFlag, _ listening: @escaping @Sendable (Int) async -> Void
  ) -> some ApplicationProtocol {
    let executor = executor
    let channel = HTTP1Channel.Configuration(
      additionalChannelHandlers: [DisconnectionWatch(executor: executor)])
    let configuration = configuration
    return Application(
      router: router(stop),
      server: HTTPServerBuilder { responder in
        ConnectionChannel(
          base: HTTP1Channel(responder: responder, configuration: channel), configuration: configuration)
      },
      configuration: .init(
        address: .hostname(configuration.host, port: configuration.port), serverName: "mili",
        availableConnectionsDelegate: MaximumAvailableConnections(configuration.mostConnections, logger: quiet)),
      onServerRunning: { await listening($0.localAddress?.port ?? 0) }, logger: quiet)
  }

  private func router(_ stop: StopFlag) -> Router<ConnectionContext> {
    let router = Router(context: ConnectionContext.self, options: .autoGenerateHeadEndpoints)
    let methods = [
      "/v1/chat/completions": ["POST"], "/v1/completions": ["POST"], "/v1/models": ["GET"], "/tokenize": ["POST"],
      "/detokenize": ["POST"], "/health": ["GET"], "/state": ["GET"], "/metrics": ["GET"],
      "/": ["GET"],
    ]
    let metrics = ServerMetrics()
    router.add(middleware: ExecutorMiddleware(executor: executor))
    router.add(middleware: RecordMiddleware(metrics: metrics, logger: logger))
    router.add(middleware: ErrorMiddleware(methods: methods))
    router.add(middleware: KeyMiddleware(keys: configuration.keys, open: ["/", "/health"]))
    let routes = ModelRoutes(models: models, configuration: configuration, metrics: metrics, logger: logger)
    router.post("/v1/chat/completions") { try await routes.chat($0, $1) }
    router.post("/v1/completions") { try await routes.complete($0, $1) }
    router.get("/v1/models") { _, _ in routes.list() }
    router.get("/v1/models/**") { try routes.describe($1) }
    router.post("/tokenize") { try await routes.tokenize($0, $1) }
    router.post("/detokenize") { request, _ in try await routes.detokenize(request) }
    let states = StateRoutes(models: models, metrics: metrics, stop: stop)
    router.get("/health") { _, _ in states.health() }
    router.get("/state") { await states.state(for: $1.account) }
    router.get("/metrics") { _, _ in await states.metricsText() }
    let pages = PageRoutes()
    router.get("/") { _, _ in pages.page() }
    return router
  }

  /// For what frameworks say of themselves: only what is wrong.
  private var quiet: Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .warning)
    return logger
  }
}

/// Ends what models are doing when the server stops.
private struct ModelCloser: Service {
  let models: ServedModels
  let limit: Duration
  let stop: StopFlag

  func run() async throws {
    try await gracefulShutdown()
    stop.set()
    await withDiscardingTaskGroup { group in
      for model in models.all {
        group.addTask { await model.close(within: limit) }
      }
    }
  }
}
