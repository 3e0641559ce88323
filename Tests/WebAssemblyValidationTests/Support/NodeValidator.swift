import Foundation

/// Another implementation to compare with: node's, where it is installed.
enum NodeValidator {
  static let absence = "node is not on the PATH"

  /// The path of `node`, where it is installed.
  static let path: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/node" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Reads modules, each after its length in four bytes, and writes for each a line: why it was refused, or nothing.
  private static let script = """
    const bytes = require('fs').readFileSync(process.argv[1]);
    const lines = [];
    for (let at = 0; at < bytes.length; ) {
      const length = bytes.readUInt32LE(at);
      const module = bytes.subarray(at + 4, at + 4 + length);
      at += 4 + length;
      let line = '';
      if (!WebAssembly.validate(module)) {
        try { new WebAssembly.Module(module); line = 'refused'; } catch (error) { line = String(error.message); }
      }
      lines.push(line.replace(/\\s/g, ' '));
    }
    process.stdout.write(lines.join('\\n'));
    """

  /// Why node refuses each of `modules`, in one process: an empty text for those that it accepts.
  static func judgements(of modules: [[UInt8]], node: String) throws -> [String] {
    var input = Data()
    for module in modules {
      withUnsafeBytes(of: UInt32(module.count).littleEndian) { input.append(contentsOf: $0) }
      input.append(contentsOf: module)
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "validation-\(UUID().uuidString).bin")
    try input.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: node)
    process.arguments = ["-e", script, file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
