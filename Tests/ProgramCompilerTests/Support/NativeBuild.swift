import Foundation

/// The machine's own C compiler, the oracle for what a program prints.
struct NativeBuild {
  /// The compiler, nil on a machine that has none.
  static let compiler: URL? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { URL(filePath: "\($0)/cc") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  private let folder: URL
  private var executable: URL { folder.appending(path: "program") }

  /// Builds a program with the runtime header, which brings the native library, and with a host that hands it its argument.
  init(source: String, header: URL) throws {
    let host = "\nint main(int count, char **arguments) { compute(count > 1 ? arguments[1] : \"\"); return 0; }\n"
    try self.init(source + host, flags: ["-include", header.path])
  }

  /// Builds a program that is complete.
  init(program: String) throws {
    try self.init(program, flags: [])
  }

  private init(_ source: String, flags: [String]) throws {
    guard let compiler = Self.compiler else { throw CocoaError(.fileNoSuchFile) }
    folder = FileManager.default.temporaryDirectory.appending(path: "tvm-native-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "program.c")
    try Data(source.utf8).write(to: file)
    let all = ["-w", "-O1", "-fwrapv", "-funsigned-bitfields", "-fsigned-char"] + flags
    let status = try Self.run(compiler, all + ["-o", folder.appending(path: "program").path, file.path, "-lm"]).status
    if status != 0 { throw CocoaError(.executableLoad) }
  }

  /// What the program prints.
  func output(input: String) throws -> [UInt8] {
    try Self.run(executable, [input]).output
  }

  /// What the program prints when it reads a text.
  func output(standardInput: String) throws -> [UInt8] {
    let file = folder.appending(path: "input")
    try Data(standardInput.utf8).write(to: file)
    return try Self.run(executable, [], input: try FileHandle(forReadingFrom: file)).output
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }

  private static func run(
    _ executable: URL, _ arguments: [String], input: FileHandle = .nullDevice
  ) throws -> (status: Int32, output: [UInt8]) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, [UInt8](output))
  }
}
