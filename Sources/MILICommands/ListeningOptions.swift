import ArgumentParser
import Foundation
import HTTPServing
import Logging

/// The options that say where a server listens, and to whom.
struct ListeningOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(parsing: .unconditional, help: ArgumentHelp("The port to listen on; 0 for any that is free.", valueName: "n"))
  var port = 8000

  @Option(help: ArgumentHelp("A key that requests must bring; may be repeated.", valueName: "key"))
  var apiKey: [String] = []

  @Option(help: ArgumentHelp("A file with such keys, one a line.", valueName: "file"))
  var apiKeyFile: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The most bytes of a request.", valueName: "bytes"))
  var maxBody = 8 << 20

  @Option(parsing: .unconditional, help: ArgumentHelp("Connections at once; more wait to be taken.", valueName: "n"))
  var maxConnections = 512

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long a request may take, waiting included. (default: as it takes)", valueName: "seconds"))
  var requestTimeout: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long running requests may go on once the server is to stop.", valueName: "seconds"))
  var shutdownLimit = 30

  @Option(help: ArgumentHelp("What is logged to standard error: info, notice, warning or error.", valueName: "level"))
  var log = "notice"

  func validate() throws {
    let ranges = [
      ("--port", port, 0...65_535), ("--max-body", maxBody, 1024...1 << 30),
      ("--shutdown-limit", shutdownLimit, 0...86_400), ("--max-connections", maxConnections, 1...65_536),
      ("--request-timeout", requestTimeout ?? 1, 1...86_400),
    ]
    for (name, value, range) in ranges where !range.contains(value) {
      throw ValidationError("\(name): expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    guard Logger.Level(rawValue: log) != nil else {
      throw ValidationError("--log: expected info, notice, warning or error")
    }
    guard !apiKey.contains("") else { throw ValidationError("--api-key: expected a key that is not empty") }
  }

  func configuration() throws -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.host = host
    configuration.port = port
    configuration.keys = APIKeys(try keys())
    configuration.largestBody = maxBody
    configuration.shutdownLimit = .seconds(shutdownLimit)
    configuration.mostConnections = maxConnections
    configuration.requestTimeout = requestTimeout.map { .seconds($0) }
    return configuration
  }

  /// Writes to standard error.
  var logger: Logger {
    var logger = Logger(label: "mili") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = Logger.Level(rawValue: log) ?? .notice
    return logger
  }

  private func keys() throws -> [String] {
    guard let apiKeyFile else { return apiKey }
    guard let text = try? String(contentsOfFile: apiKeyFile, encoding: .utf8) else {
      throw CommandError("\(apiKeyFile): expected a file of keys that can be read")
    }
    let keys = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
    // An empty file must not open the server to everybody.
    guard !keys.isEmpty else { throw CommandError("\(apiKeyFile): expected a key on a line of its own, found none") }
    return apiKey + keys
  }
}
