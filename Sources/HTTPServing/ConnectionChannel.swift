import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1

/// The framework's channel of HTTP/1, with the manners that it leaves out.
struct ConnectionChannel: ServerChildChannel {
  let base: HTTP1Channel
  let configuration: ServerConfiguration

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    let (firstHead, nextHead) = (configuration.headTimeout, configuration.idleTimeout)
    return base.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      // Behind the decoder, where versions are still known.
      let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
      try pipeline.addHandler(
        ConnectionManners(firstHead: firstHead, nextHead: nextHead), position: .before(codec))
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    await base.handle(value: value, logger: logger)
  }
}
