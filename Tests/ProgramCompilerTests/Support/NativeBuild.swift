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
    guard let compiler = Self.compiler else { throw CocoaError(.fileNoSuchFile) }
    folder = FileManager.default.temporaryDirectory.appending(path: "tvm-native-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let host = "\nint main(int count, char **arguments) { compute(count > 1 ? arguments[1] : \"\"); return 0; }\n"
    let file = folder.appending(path: "program.c")
    try Data((source + host).utf8).write(to: file)
    let flags = ["-w", "-O1", "-fwrapv", "-funsigned-bitfields", "-fsigned-char", "-include", header.path]
    let status = try Self.run(compiler, flags + ["-o", folder.appending(path: "program").path, file.path]).status
    if status != 0 { throw CocoaError(.executableLoad) }
  }

  /// What the program prints.
  func output(input: String) throws -> [UInt8] {
    try Self.run(executable, [input]).output
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }

  private static func run(_ executable: URL, _ arguments: [String]) throws -> (status: Int32, output: [UInt8]) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, [UInt8](output))
  }
}
