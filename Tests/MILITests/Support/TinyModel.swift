import Foundation
import MILI

/// A folder with a small random model and a byte tokenizer, removed with this object.
final class TinyModel: Sendable {
  let folder: URL

  init(_ shape: Qwen3Configuration = .tiny()) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "mili-\(UUID().uuidString)")
    try RandomCheckpoint.write(shape, to: folder.path)
    try ByteTokenizer.write(to: folder)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func load() throws -> ModelContext {
    try loadModel(directory: folder, threads: 2)
  }
}

/// What tests choose tokens by: few, and the same each time.
let briefly = GenerateParameters(maxTokens: 12, temperature: 1, topK: 50, seed: 4)
