import HummingbirdCore
import Logging
import NIOCore

/// The framework's channel of HTTP/1, with the manners that it leaves out.
struct ConnectionChannel: ServerChildChannel {
  let base: HTTP1Channel
  let configuration: ServerConfiguration

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    let (firstHead, nextHead) = (configuration.headTimeout, configuration.idleTimeout)
    return base.setup(channel: channel, logger: logger).flatMapThrowing { value in
      try ConnectionManners.add(
        to: channel.pipeline.syncOperations, firstHead: firstHead, nextHead: nextHead)
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    await base.handle(value: value, logger: logger)
  }
}
