import HTTPServing
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Testing

/// When connections end, by a clock of the test's own: those on which the head of a request does not come in time, and those whose
/// response says so.
@Suite struct HeadDeadlineTests {
  /// A connection whose first head may take 30 seconds, and each other one 120.
  private static func connection() throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    let pipeline = channel.pipeline.syncOperations
    try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
    try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
    try ConnectionManners.add(to: pipeline, firstHead: .seconds(30), nextHead: .seconds(120))
    channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
    return channel
  }

  /// What the server has sent since the last time.
  private static func sent(_ channel: EmbeddedChannel) throws -> String {
    var text = ""
    while let buffer = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
    return text
  }

  private static func receive(_ text: String, _ channel: EmbeddedChannel) throws {
    try channel.writeInbound(ByteBuffer(string: text))
  }

  /// Whether a part of a request has come to those who answer.
  private static func isAsked(_ channel: EmbeddedChannel) throws -> Bool {
    try channel.readInbound(as: HTTPRequestPart.self) != nil
  }

  private static func respond(_ channel: EmbeddedChannel) throws {
    try channel.writeOutbound(HTTPResponsePart.head(.init(status: .ok)))
    try channel.writeOutbound(HTTPResponsePart.end(nil))
    #expect(try sent(channel).hasPrefix("HTTP/1.1 200"))
  }

  private static func expectRefusal(_ channel: EmbeddedChannel, seconds: Int) throws {
    let refusal = try sent(channel)
    #expect(refusal.hasPrefix("HTTP/1.1 408 Request Timeout\r\n") && refusal.contains("Connection: close\r\n"))
    #expect(refusal.contains("expected the whole head of a request within \(seconds).0 seconds"))
    #expect(channel.isActive, "what is closed while data comes is reset")
    // What comes now is too late.
    while try isAsked(channel) {}
    try receive("TP/1.1\r\nHost: x\r\n\r\n", channel)
    #expect(try !isAsked(channel))
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(try !channel.isActive && sent(channel).isEmpty)
  }

  private static func expectSilence(_ channel: EmbeddedChannel) throws {
    #expect(try !channel.isActive && sent(channel).isEmpty)
  }

  @Test func aFirstHeadThatIsBegunIsRefused() throws {
    let channel = try Self.connection()
    try Self.receive("GET /he", channel)
    channel.embeddedEventLoop.advanceTime(by: .seconds(29))
    // However slowly it comes.
    try Self.receive("alth HT", channel)
    #expect(try channel.isActive && Self.sent(channel).isEmpty)
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    try Self.expectRefusal(channel, seconds: 30)
  }

  @Test func aConnectionWithoutARequestEnds() throws {
    let channel = try Self.connection()
    channel.embeddedEventLoop.advanceTime(by: .seconds(30))
    try Self.expectSilence(channel)
  }

  @Test func anotherHeadThatIsBegunIsRefused() throws {
    for beginning in ["GET /health HT", ""] {
      let channel = try Self.connection()
      try Self.receive("GET /health HTTP/1.1\r\nHost: x\r\n\r\n", channel)
      // Whose answer takes its time is not late.
      channel.embeddedEventLoop.advanceTime(by: .seconds(1000))
      try Self.respond(channel)
      if !beginning.isEmpty { try Self.receive(beginning, channel) }
      channel.embeddedEventLoop.advanceTime(by: .seconds(119))
      #expect(try channel.isActive && Self.sent(channel).isEmpty)
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      if beginning.isEmpty { try Self.expectSilence(channel) } else { try Self.expectRefusal(channel, seconds: 120) }
    }
  }

  /// What comes with the request before it is a beginning too.
  @Test func aHeadThatIsBegunBehindARequestIsRefused() throws {
    for requests in [
      "GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /hea", "GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n",
    ] {
      let channel = try Self.connection()
      try Self.receive(requests, channel)
      try Self.respond(channel)
      channel.embeddedEventLoop.advanceTime(by: .seconds(120))
      try Self.expectRefusal(channel, seconds: 120)
    }
  }

  /// A request that came in pieces was whole.
  @Test(arguments: 1...4) func theLastPieceOfAHeadBeginsNoOther(count: Int) throws {
    let channel = try Self.connection()
    let request = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    try Self.receive(String(request.unicodeScalars.dropLast(count)), channel)
    try Self.receive(String(request.unicodeScalars.suffix(count)), channel)
    try Self.respond(channel)
    channel.embeddedEventLoop.advanceTime(by: .seconds(120))
    try Self.expectSilence(channel)
  }

  /// Who is answered before the whole body has come gets no second answer.
  @Test func aBodyThatDoesNotEndIsNoHead() throws {
    let channel = try Self.connection()
    try Self.receive("POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab", channel)
    try Self.respond(channel)
    try Self.receive("cd", channel)
    channel.embeddedEventLoop.advanceTime(by: .seconds(120))
    try Self.expectSilence(channel)
  }

  /// Who sends more than is read gets the response first, however long that takes to be written.
  @Test func aConnectionEndsSoonAfterTheResponseThatSaysSo() throws {
    let channel = try Self.connection()
    try Self.receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n", channel)
    channel.embeddedEventLoop.advanceTime(by: .seconds(10))
    try channel.writeOutbound(
      HTTPResponsePart.head(.init(status: .contentTooLarge, headerFields: [.connection: "close"])))
    channel.embeddedEventLoop.advanceTime(by: .seconds(10))
    try channel.writeOutbound(HTTPResponsePart.end(nil))
    #expect(try Self.sent(channel).hasPrefix("HTTP/1.1 413") && channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    try Self.expectSilence(channel)
  }
}
