import NIOCore
import NIOHTTP1

/// What HTTP/1 asks of a connection besides requests and responses.
///
/// The head of the next request has a deadline, however slowly its bytes come; who expects to be told to go on before it sends a
/// body is told; connections of HTTP/1.0 end with their response.
final class ConnectionManners: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let firstHead: TimeAmount
  private let nextHead: TimeAmount
  /// Requests whose responses have not been written.
  private var unanswered = 0
  private var deadline: Scheduled<Void>?

  /// - Parameters:
  ///   - firstHead: how long a new connection's first head may take.
  ///   - nextHead: how long each other one may take, from the end of the response before it.
  init(firstHead: Duration, nextHead: Duration) {
    self.firstHead = TimeAmount(firstHead)
    self.nextHead = TimeAmount(nextHead)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { expectHead(within: firstHead, context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    expectHead(within: firstHead, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    unanswered += 1
    deadline?.cancel()
    if head.version != .http1_1 {
      head.headers.replaceOrAdd(name: "Connection", value: "close")
    } else if unanswered == 1,
      head.headers[canonicalForm: "Expect"].contains(where: { $0.lowercased() == "100-continue" })
    {
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) {
      unanswered -= 1
      if unanswered == 0 { expectHead(within: nextHead, context) }
    }
    context.write(data, promise: promise)
  }

  private func expectHead(within time: TimeAmount, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
