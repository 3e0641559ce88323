import Files
import Foundation
import MILI

/// How fast a tokenizer is.
struct TokenizerBenchmark: Encodable {
  let files: Int
  let bytes: Int
  let tokens: Int
  let loadSeconds: Double
  /// Of the first encoding after loading.
  let coldMegabytesPerSecond: Double
  /// Of the best of all encodings.
  let bestMegabytesPerSecond: Double

  /// Encodes texts, each by itself, on one thread.
  init(folder: String, texts paths: [String], passes: Int) throws {
    let texts = try paths.map { try InputFile.text(of: $0) }
    files = texts.count
    bytes = texts.reduce(0) { $0 + $1.utf8.count }
    let clock = ContinuousClock()
    var loaded: Tokenizer?
    loadSeconds = try clock.measure { loaded = try Tokenizer.from(modelFolder: URL(filePath: folder)) } / .seconds(1)
    guard let tokenizer = loaded else { throw CommandError("\(folder): no tokenizer") }
    var count = 0
    let times = (0..<max(passes, 1)).map { _ in
      count = 0
      return clock.measure { for text in texts { count += tokenizer.encode(text: text).count } } / .seconds(1)
    }
    tokens = count
    coldMegabytesPerSecond = Double(bytes) / times[0] / 1e6
    bestMegabytesPerSecond = Double(bytes) / (times.min() ?? .infinity) / 1e6
  }

  /// The files of a folder, or the file itself.
  static func files(at path: String) throws -> [String] {
    switch FileKind(of: path) {
    case .folder:
      let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
      let files = names.map { "\(path)/\($0)" }.filter { FileKind(of: $0) == .regular && Self.isText($0) }.sorted()
      if files.isEmpty { throw CommandError("\(path): expected a folder with text in UTF-8") }
      return files
    default: return [path]
    }
  }

  private static func isText(_ path: String) -> Bool {
    (try? InputFile.text(of: path)).map { !$0.utf8.contains(0) } ?? false
  }
}
