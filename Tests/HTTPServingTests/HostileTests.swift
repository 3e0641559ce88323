import Batching
import Foundation
import RandomNumbers
import Serving
import TestSupport
import Testing

@Suite struct HostileTests {
  /// Malformed requests, hostile ones and clients that vanish: none brings the server down, meets an error of its own, or
  /// keeps a page.
  @Test func nothingBringsTheServerDown() async throws {
    var setting = TinyServer.Setting()
    setting.context = 160
    setting.serving.cacheBytes = 1 << 20
    try await TinyServer.run(setting) { server in
      let pages = await server.engine.state.freePages
      let count = LongTests.areWanted ? 10_000 : 400
      _ = try await send(count / 5, from: 0, to: server)
      let memory = residentBytes()
      let statuses = try await send(count * 4 / 5, from: count / 5, to: server)
      #expect(try await server.pagesInUse() == 0)
      let state = await server.engine.state
      #expect(state.freePages + state.evictablePages == pages)
      if MemoryTests.areWanted, let memory, let now = residentBytes() {
        #expect(now < memory + 48 << 20, "\(memory) bytes became \(now)")
      }
      #expect(try await server.send("GET", "/health").status == 200)
      // A fuzz that never gets through, or always, tests nothing.
      #expect(statuses[200, default: 0] > 5 && statuses[400, default: 0] > statuses[200, default: 0] / 4, "\(statuses)")
    }
  }

  /// Sends the requests of some numbers, a few at a time; how many responses of each status came.
  private func send(_ count: Int, from first: Int, to server: TinyServer) async throws -> [Int: Int] {
    try await withThrowingTaskGroup(of: Int?.self) { group in
      var statuses: [Int: Int] = [:]
      for number in first..<first + count {
        if number >= first + 8, let status = try await group.next() ?? nil { statuses[status, default: 0] += 1 }
        group.addTask { try await send(number, to: server) }
      }
      for try await status in group { if let status { statuses[status, default: 0] += 1 } }
      return statuses
    }
  }

  /// The status of the response to the request of a number; nil for none.
  private func send(_ number: Int, to server: TinyServer) async throws -> Int? {
    var random = SplitMix64(seed: SplitMix64.testSeed &+ UInt64(number))
    let request = HostileRequest(using: &random)
    let port = server.port
    let reply = try await blocking { () -> Reply? in
      let client = try SocketClient(port: port)
      client.write(request.bytes)
      switch request.manner {
      case .reads: break
      case .finishes: client.finish()
      case .leaves: return nil
      }
      return Reply(client.readToEnd())
    }
    let text = String(decoding: request.bytes.prefix(2000), as: UTF8.self)
    if request.manner == .reads { #expect(reply != nil, "request \(number), seed \(SplitMix64.testSeed): \(text)") }
    guard let reply else { return nil }
    #expect(reply.status != 500 && !reply.text.contains(#""type":"server_error""#), "request \(number): \(text)")
    return reply.status
  }

  /// The memory that the process holds, where the system says.
  private func residentBytes() -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4096 }
  }
}
