import ChatTemplate
package import NIOCore
package import NIOHTTP1
import NIOHTTPTypesHTTP1
import OpenAIProtocol

/// What HTTP/1 asks of a connection besides requests and responses.
///
/// The head of the next request has a deadline, however slowly its bytes come, and who sent only some of them is told; who
/// expects to be told to go on before it sends a body is told; what is no head, or not the body that a head announces, is
/// refused as all else is, by an error object; connections of HTTP/1.0 end with their response, and others soon after the one
/// that says so.
package final class ConnectionManners: ChannelDuplexHandler, RemovableChannelHandler {
  package typealias InboundIn = HTTPServerRequestPart
  package typealias InboundOut = HTTPServerRequestPart
  package typealias OutboundIn = HTTPServerResponsePart
  package typealias OutboundOut = HTTPServerResponsePart

  private let arrival: ByteArrival
  private let firstHead: Duration
  private let nextHead: Duration
  /// Requests whose responses have not been written.
  private var unanswered = 0
  /// Whether a request's head has come and not its end.
  private var isReading = false
  /// Whether the last request has a body.
  private var hasBody = false
  /// Whether nothing more is read, since the client was told that it is too late.
  private var isOver = false
  /// Whether the response that is being written says that the connection ends with it.
  private var isLast = false
  /// Whether a response's head has been written and not its end.
  private var isWriting = false
  /// Why nothing more is read, to be said behind the responses that are still to come.
  private var refusal: APIError?
  private var deadline: Scheduled<Void>?

  private init(_ arrival: ByteArrival, firstHead: Duration, nextHead: Duration) {
    self.arrival = arrival
    self.firstHead = firstHead
    self.nextHead = nextHead
  }

  /// Teaches a connection manners.
  ///
  /// - Parameters:
  ///   - pipeline: a server's pipeline of HTTP/1 with a codec of HTTP types.
  ///   - firstHead: how long a new connection's first head may take.
  ///   - nextHead: how long each other one may take, from the end of the response before it.
  package static func add(
    to pipeline: ChannelPipeline.SynchronousOperations, firstHead: Duration, nextHead: Duration
  ) throws {
    let arrival = ByteArrival()
    try pipeline.addHandler(arrival, position: .first)
    // Behind the decoder, where versions are still known.
    let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
    let manners = ConnectionManners(arrival, firstHead: firstHead, nextHead: nextHead)
    try pipeline.addHandler(manners, position: .before(codec))
  }

  package func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { expectHead(within: firstHead, context) }
  }

  package func channelActive(context: ChannelHandlerContext) {
    expectHead(within: firstHead, context)
    context.fireChannelActive()
  }

  package func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isOver, refusal == nil else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): read(head, context)
    case .body:
      hasBody = true
      context.fireChannelRead(data)
    case .end:
      isReading = false
      // What came with the end may be more than it: behind a head without a body that is seen.
      arrival.hasCome = !hasBody && !arrival.endsWithEmptyLine
      context.fireChannelRead(data)
    }
  }

  private func read(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    var head = head
    isReading = true
    hasBody = false
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

  package func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if isOver || refusal != nil { return }
    guard error is HTTPParserError else { return context.fireErrorCaught(error) }
    if isReading {
      // Its response may have begun, or another's may have to come first.
      guard unanswered == 1, !isWriting else { return context.close(promise: nil) }
      refuse(APIError(.invalidRequest, "expected a body as the request's head announces it"), .badRequest, context)
    } else {
      let error = APIError(.invalidRequest, "expected the head of an HTTP/1.1 request")
      if unanswered == 0 { refuse(error, .badRequest, context) } else { refusal = error }
    }
  }

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    // The response to a request whose body was refused.
    if isOver { return promise?.fail(ChannelError.ioOnClosedChannel) ?? () }
    let part = unwrapOutboundIn(data)
    switch part {
    case .head(let head):
      isWriting = true
      isLast = head.headers[canonicalForm: "Connection"].contains { $0.lowercased() == "close" }
    case .body: break
    case .end:
      isWriting = false
      unanswered -= 1
      if unanswered == 0, refusal == nil { expectHead(within: nextHead, context) }
      if isLast { closeSoon(context) }
    }
    context.write(data, promise: promise)
    if case .end = part, unanswered == 0, !isLast, let refusal { refuse(refusal, .badRequest, context) }
  }

  private func expectHead(within time: Duration, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) {
      self.giveUp(after: time, context)
    }
  }

  /// Closes the connection; a client that has begun a head is told why.
  private func giveUp(after time: Duration, _ context: ChannelHandlerContext) {
    guard arrival.hasCome, !isReading else { return context.close(promise: nil) }
    refuse(
      APIError(.requestTimeout, "expected the whole head of a request within \(time)"), .requestTimeout, context)
  }

  /// Says why nothing more is read, and closes the connection.
  private func refuse(_ error: APIError, _ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
    isOver = true
    deadline?.cancel()
    var body = ByteBuffer()
    body.writeString(error.json.jsonText)
    let headers: HTTPHeaders = [
      "Content-Type": "application/json", "Content-Length": "\(body.readableBytes)", "Connection": "close",
    ]
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    closeSoon(context)
  }

  /// Closes the connection when the client has had time to read the last response: what is closed while data comes is reset.
  private func closeSoon(_ context: ChannelHandlerContext) {
    let channel = context.channel
    context.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
  }
}

/// Notices that bytes come over a connection, before they are decoded.
private final class ByteArrival: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  /// Whether any have come since this was last set to false.
  var hasCome = false
  /// The last four of all, in however many pieces they came.
  private var last: [UInt8] = []
  /// Whether the last of them are an empty line, as at the end of a head.
  var endsWithEmptyLine: Bool { last.elementsEqual("\r\n\r\n".utf8) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    hasCome = true
    last = (last + unwrapInboundIn(data).readableBytesView.suffix(4)).suffix(4)
    context.fireChannelRead(data)
  }
}
