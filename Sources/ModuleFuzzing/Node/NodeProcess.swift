package import Foundation
import ModuleExecution
import WebAssembly

/// A node that executes modules, one process for as many as are wanted.
package final class NodeProcess {
  /// How long an answer may take, in seconds. A module that is compared has ended elsewhere.
  private static let patience = 120.0

  private let executable: URL
  private var process: Process?
  private var input = FileHandle.nullDevice
  private var output = FileHandle.nullDevice
  private var unread = Data()

  /// node on the search path; nil where there is none.
  package static func find() -> NodeProcess? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { URL(filePath: String($0)).appending(path: "node") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      .map(NodeProcess.init)
  }

  package init(executable: URL) {
    self.executable = executable
  }

  deinit {
    process?.terminate()
  }

  /// What node says to modules: whether they are valid, and how they were instantiated and how their calls ended.
  ///
  /// - Throws: ``FuzzingError`` when node cannot be started, or gives no answer.
  func verdicts(on cases: [(bytes: [UInt8], case: ModuleCase)]) throws(FuzzingError) -> [NodeVerdict] {
    do {
      if process == nil { try start() }
      var line = try JSONEncoder().encode(cases.map { NodeRequest($0.bytes, $0.case) })
      line.append(UInt8(ascii: "\n"))
      try input.write(contentsOf: line)
      let answers = try JSONDecoder().decode([NodeAnswer].self, from: answerLine())
      return zip(cases, answers).map { NodeVerdict($1, to: $0.case) }
    } catch {
      stop()
      throw FuzzingError("node: \(error)")
    }
  }

  private func start() throws {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = executable
    process.arguments = ["--expose-gc", "-e", NodeScript.text]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process = process
    self.input = input.fileHandleForWriting
    self.output = output.fileHandleForReading
    unread = Data()
    // Nobody must write to a process that has ended already.
    _ = try answerLine()
  }

  private func stop() {
    process?.terminate()
    process = nil
  }

  /// A line, without its end. Who waits too long is woken by the end of the process.
  private func answerLine() throws(FuzzingError) -> Data {
    let watch = DispatchWorkItem { [process] in process?.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience, execute: watch)
    defer { watch.cancel() }
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread = Data(unread[(end + 1)...]) }
        return Data(unread[..<end])
      }
      let more = output.availableData
      guard !more.isEmpty else { throw FuzzingError("expected an answer within \(Int(Self.patience)) seconds") }
      unread.append(more)
    }
  }
}
