import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The server as a program: how it begins and ends.
@Suite(.enabled(if: Mili.executable != nil, "the program mili is not built"))
struct ServeTests {
  /// A server that runs.
  private final class Server {
    let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    init(_ arguments: [String]) throws {
      process.executableURL = Mili.executable
      process.arguments = ["serve"] + arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = errors
      try process.run()
    }

    deinit {
      if process.isRunning { process.terminate() }
    }

    /// The line that says where it listens.
    func firstLine() -> String {
      var line = Data()
      while line.last != 0x0A, case let byte = output.fileHandleForReading.readData(ofLength: 1), !byte.isEmpty {
        line += byte
      }
      return String(decoding: line, as: UTF8.self)
    }

    /// Its exit code, and what it reported.
    func end() -> (code: Int32, errors: String) {
      let reported = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: reported, as: UTF8.self))
    }
  }

  @Test func itSaysWhereItListensAndEndsWhenTold() throws {
    try withTinyModel { folder in
      for signal in [SIGTERM, SIGINT] {
        let server = try Server(["--model", folder.path, "--port", "0", "--kv-bytes", "1048576"])
        #expect(server.firstLine().wholeMatch(of: /listening on http:\/\/127\.0\.0\.1:[1-9][0-9]*\n/) != nil)
        kill(server.process.processIdentifier, signal)
        let (code, errors) = server.end()
        #expect(code == 0 && errors.isEmpty, "\(errors)")
      }
    }
  }

  @Test func itSaysWhyItCannotListen() throws {
    try withTinyModel { folder in
      let model = ["serve", "--model", folder.path, "--kv-bytes", "1048576"]
      let server = try Server(Array(model.dropFirst()) + ["--port", "0"])
      let port = server.firstLine().split(separator: ":").last?.trimmingCharacters(in: .newlines) ?? ""
      let taken = try Mili.run(model + ["--port", port])
      #expect(taken.status == 1 && taken.output.isEmpty)
      #expect(taken.errors == "Error: cannot listen on 127.0.0.1, port \(port): Address already in use\n")
      let unknown = try Mili.run(model + ["--port", "0", "--host", "no host"])
      #expect(unknown.status == 1)
      #expect(unknown.errors == "Error: cannot listen on no host, port 0: no such host\n")
    }
  }

  @Test func aLoadIsServedAndMeasured() throws {
    try withTinyModel { folder in
      let server = try Server(["--model", "tiny=\(folder.path)", "--port", "0", "--kv-bytes", "8388608"])
      let port = server.firstLine().split(separator: ":").last?.trimmingCharacters(in: .newlines) ?? ""
      let load = ["load", "--url", "http://127.0.0.1:\(port)/v1", "--requests", "12", "--json", "--model"]
      let sizes = ["--prompt", "10-20", "--shared", "80", "--generate", "1-6", "--slo-ttft", "60000"]
      for way in [["--rate", "50"], ["--concurrency", "4", "--endpoint", "completions"], ["--no-stream"]] {
        let result = try Mili.run(load + ["tiny"] + sizes + way)
        #expect(result.status == 0 && result.errors.isEmpty, "\(way): \(result.errors)")
        let report = try #require(
          try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.output)")
        // A random model may end its answer, or have half a character, before there is text.
        #expect(report["succeeded"] as? Int == 12 && report["attainment"] is Double)
        #expect((report["generatedTokens"] as? Int ?? 0) > 0)
        #expect((report["cachedTokens"] as? Int ?? 0) > 0 && (report["promptTokens"] as? Int ?? 0) > 12 * 10)
      }
      let failed = try Mili.run(load + ["another"])
      #expect(failed.status == 1 && failed.output.contains("\"status 404\":12"))
      let reason = "the model 'another' does not exist; expected 'tiny'"
      #expect(failed.errors == "Error: http://127.0.0.1:\(port)/v1: no request succeeded: \(reason)\n")
      let elsewhere = try Mili.run(
        ["load", "--url", "http://127.0.0.1:\(port)", "--requests", "1", "--model", "tiny"])
      #expect(elsewhere.status == 1 && elsewhere.errors.hasSuffix("; expected a URL that ends in /v1\n"))
      kill(server.process.processIdentifier, SIGTERM)
      #expect(server.end().code == 0)
    }
  }

  /// Of two cached prompts the first is used again before a third needs room: what is left depends on the policy.
  @Test(arguments: [("lru", "b"), ("fifo", "a")])
  func theEvictionPolicyThatIsAskedForIsFollowed(policy: String, evicted: Character) throws {
    try withTinyModel { folder in
      // Eight pages of 16 positions.
      let server = try Server([
        "--model", "tiny=\(folder.path)", "--port", "0", "--kv-bytes", "131072", "--eviction", policy,
      ])
      let address = String(server.firstLine().dropFirst("listening on ".count)).trimmingCharacters(in: .newlines)
      func cachedTokens(_ letter: Character, _ count: Int) throws -> Int {
        var request = URLRequest(url: try #require(URL(string: address + "/v1/completions")))
        request.httpMethod = "POST"
        request.httpBody = Data(
          #"{"model":"tiny","prompt":"\#(String(repeating: letter, count: count))","max_tokens":1}"#.utf8)
        request.timeoutInterval = patience / .seconds(1)
        let answer = try onOwnThreads { [request] in try await URLSession.shared.data(for: request).0 }
        let object = try JSONSerialization.jsonObject(with: answer) as? [String: Any]
        let usage = object?["usage"] as? [String: Any]
        return try #require((usage?["prompt_tokens_details"] as? [String: Any])?["cached_tokens"] as? Int)
      }
      #expect(try cachedTokens("a", 48) == 0 && cachedTokens("b", 48) == 0)
      #expect(try cachedTokens("a", 48) > 0 && cachedTokens("c", 64) == 0)
      let kept: Character = evicted == "a" ? "b" : "a"
      #expect(try cachedTokens(kept, 48) > cachedTokens(evicted, 48))
      kill(server.process.processIdentifier, SIGTERM)
      #expect(server.end().code == 0)
    }
  }

  /// A module whose `compute` takes the address of an input and never ends.
  private static let endless: [UInt8] =
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 1, 0x7f, 0, 3, 2, 1, 0, 7, 11, 1, 7] + Array("compute".utf8)
    + [0, 0, 10, 9, 1, 7, 0, 3, 0x40, 12, 0, 11, 11]

  /// A run that does not end is waited for, until the signal comes again.
  @Test func aSecondSignalEndsItAtOnce() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "endless-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "endless.wasm")
    try Data(Self.endless).write(to: file)
    let server = try Server(
      ["--program", file.path, "--port", "0", "--shutdown-limit", "3600", "--program-tokens", "\(1 << 25)"])
    let address = String(server.firstLine().dropFirst("listening on ".count)).trimmingCharacters(in: .newlines)
    func url(_ path: String) throws -> URL { try #require(URL(string: address + path)) }
    var request = URLRequest(url: try url("/v1/completions"))
    request.httpMethod = "POST"
    request.timeoutInterval = 3600
    request.httpBody = Data(#"{"model":"program/endless","prompt":"a","max_tokens":33000000}"#.utf8)
    let asked = Task { [request] in try? await URLSession.shared.data(for: request) }
    try await eventually("the program runs") {
      let state = try await URLSession.shared.data(from: url("/state")).0
      return String(decoding: state, as: UTF8.self).contains(#""running":1"#)
    }
    kill(server.process.processIdentifier, SIGINT)
    try await eventually("the server stops") {
      let health = try? await URLSession.shared.data(from: url("/health")).0
      return !String(decoding: health ?? Data(), as: UTF8.self).contains("ok")
    }
    #expect(server.process.isRunning)
    kill(server.process.processIdentifier, SIGINT)
    #expect(server.end().code == 130)
    _ = await asked.value
  }

  @Test func whatCannotBeServedIsOneLine() throws {
    try withTinyModel { folder in
      let keys = folder.appending(path: "keys").path
      try Data(" \n\n".utf8).write(to: URL(filePath: keys))
      let model = ["serve", "--model", folder.path, "--port", "0"]
      let mistakes: [([String], Int32, String)] = [
        (["serve", "--model", "/nowhere"], 1, "/nowhere/tokenizer.json"),
        (model + ["--kv-bytes", "1"], 1, "page"), (model + ["--kv-bytes", "\(1 << 46)"], 1, "the machine's memory"),
        (["serve", "--program", "hello", "--program-bytes", "\(1 << 46)"], 1, "the machine's memory"),
        (["serve", "--program", "hello", "--program", "hello"], 1, "hello: the name 'hello' comes twice"),
        (model + ["--api-key-file", "/nowhere"], 1, "/nowhere: expected"),
        (model + ["--api-key-file", keys], 1, "expected a key on a line of its own"),
        (model + ["--model", folder.path], 1, "comes twice"), (model + ["--port", "70000"], 64, "--port: expected"),
        (model + ["--policy", "luck"], 64, "--policy: expected"),
        (model + ["--api-key", ""], 64, "--api-key: expected"),
      ]
      for (arguments, code, message) in mistakes {
        let result = try Mili.run(arguments)
        #expect(result.status == code && result.errors.contains(message), "\(arguments): \(result.errors)")
      }
    }
  }
}
