import Foundation

/// A folder that a checkpoint of one file is written to.
enum CheckpointFolder {
  /// Makes the folder if it is not there.
  ///
  /// - Throws: `LanguageModelError` when it cannot be made, or has the index of a checkpoint of several files, which would
  ///   be read in place of the one file.
  static func make(_ path: String) throws(LanguageModelError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw LanguageModelError(.inaccessible, file: path, "the folder cannot be made")
    }
    guard !FileManager.default.fileExists(atPath: "\(path)/model.safetensors.index.json") else {
      throw LanguageModelError(
        .argument, file: path, "expected a folder without model.safetensors.index.json, which names other files")
    }
  }
}
