import Foundation
import Synchronization

/// What a server does with a request.
enum Reply: Sendable {
  /// A status and a body.
  case whole(Int, String)
  /// Parts of a body one after the other, each sent by a call of what the pace is given; then the answer ends, or its
  /// connection breaks.
  case pieces([String], pace: @Sendable (() -> Void) -> Void = { $0() }, breaks: Bool = false)
  /// The same part of a body again and again, until the client goes away.
  case endless(String)
  /// Nothing, until the client goes away.
  case silence
}

/// A server on a port of its own, with a thread for each connection, whose answers are a function of the request's body.
final class ScriptedServer: Sendable {
  /// What it was asked.
  struct Seen: Sendable {
    var paths: [String] = []
    var bodies: [Data] = []
    var keys: [String?] = []
    /// The requests that were being answered, and the most at one time.
    var running = 0
    var mostRunning = 0
  }

  let seen = Mutex(Seen())
  let port: UInt16
  private let listener: Int32
  private let answer: @Sendable (Data) -> Reply

  struct NoSocket: Error {}

  /// Listens on a free port of this machine.
  init(_ answer: @escaping @Sendable (Data) -> Reply) throws {
    self.answer = answer
    #if canImport(Darwin)
      let listener = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 256) == 0
          && getsockname(listener, address, &length) == 0
      }
    }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    guard isBound else { throw NoSocket() }
    Thread.detachNewThread { [self] in
      while case let connection = accept(listener, nil, nil), connection >= 0 {
        Thread.detachNewThread { [self] in serve(connection) }
      }
    }
  }

  var address: String { "http://127.0.0.1:\(port)/v1" }

  /// Takes no more connections.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// Answers the requests of one connection until it ends.
  private func serve(_ connection: Int32) {
    #if !canImport(Darwin)
      signal(SIGPIPE, SIG_IGN)
    #endif
    defer { close(connection) }
    var received = Data()
    while let (head, body) = readRequest(connection, &received) {
      seen.withLock { seen in
        seen.paths.append(head.split(separator: " ").dropFirst().first.map(String.init) ?? "")
        seen.keys.append(
          head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("authorization: ") }
            .map { String($0.dropFirst("authorization: ".count)) })
        seen.bodies.append(body)
        seen.running += 1
        seen.mostRunning = max(seen.mostRunning, seen.running)
      }
      guard reply(answer(body), connection) else { return }
    }
  }

  private func readRequest(_ connection: Int32, _ received: inout Data) -> (head: String, body: Data)? {
    while true {
      if let end = received.firstRange(of: Data("\r\n\r\n".utf8)) {
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
          .flatMap { Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) }
        let rest = received[end.upperBound...]
        if rest.count >= length ?? 0 {
          let body = Data(rest.prefix(length ?? 0))
          received = Data(rest.dropFirst(length ?? 0))
          return (head, body)
        }
      }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      received.append(contentsOf: buffer[..<count])
    }
  }

  /// Whether the connection goes on.
  private func reply(_ reply: Reply, _ connection: Int32) -> Bool {
    var isRunning = true
    // Before the last bytes, which the client may see at once.
    func end() {
      if isRunning { seen.withLock { $0.running -= 1 } }
      isRunning = false
    }
    defer { end() }
    @discardableResult
    func write(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) } > 0
    }
    func begin() {
      write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    }
    func chunk(_ piece: String) -> Bool {
      write("\(String(piece.utf8.count, radix: 16))\r\n\(piece)\r\n")
    }
    switch reply {
    case .silence:
      var byte: UInt8 = 0
      _ = recv(connection, &byte, 1, 0)
      return false
    case .endless(let piece):
      begin()
      while chunk(piece) { Thread.sleep(forTimeInterval: 0.01) }
      return false
    case .whole(let status, let text):
      end()
      write("HTTP/1.1 \(status) X\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
      return true
    case .pieces(let pieces, let pace, let breaks):
      begin()
      for (number, piece) in pieces.enumerated() {
        if number == pieces.count - 1 { end() }
        pace { _ = chunk(piece) }
      }
      if !breaks { write("0\r\n\r\n") }
      return !breaks
    }
  }
}
