import Foundation
import LanguageModel

/// A small random model, with two threads, whose folder is gone when it is open.
func makeTinyModel(_ shape: Qwen3Configuration = .tiny()) throws -> Qwen3Model {
  let folder = FileManager.default.temporaryDirectory.appending(path: "serving-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try RandomCheckpoint.write(shape, to: folder)
  return try Qwen3Model(folder: folder, threads: 2)
}
