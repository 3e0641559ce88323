import Foundation

/// A folder that a checkpoint of one file is written to.
enum CheckpointFolder {
  /// The files of a model besides its tensors, as they are published.
  private static let names: Set = [
    "config.json", "generation_config.json", "model.safetensors.index.json", "tokenizer.json", "tokenizer_config.json",
    "chat_template.jinja", "chat_template.json", "vocab.json", "merges.txt", "added_tokens.json",
    "special_tokens_map.json", templates,
  ]

  /// The folder of a model's chat templates besides the usual one.
  static let templates = "additional_chat_templates"

  /// Makes the folder if it is not there, where a model can be written to.
  ///
  /// - Parameter others: files to be written besides those that every model has.
  /// - Parameter replaces: whether a model that is there may be replaced.
  /// - Throws: `LanguageModelError` when it cannot be made, or holds a file of a model that is not to be replaced.
  static func make(
    _ path: String, for others: [String] = [], replacing replaces: Bool
  ) throws(LanguageModelError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw LanguageModelError(.inaccessible, file: path, "the folder cannot be made")
    }
    for name in files(of: path, and: others) {
      let file = "\(path)/\(name)"
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
      guard replaces, !exists || !isFolder.boolValue || name == templates else {
        throw LanguageModelError(.occupied, file: file, "expected a folder without a model, found this in it")
      }
    }
  }

  /// Removes the model that is there, all of it, so that none of its files is read with those of the one that takes its place;
  /// but for its tensors, until theirs do.
  ///
  /// - Parameter others: as above.
  /// - Throws: `LanguageModelError` when a file cannot be removed.
  static func clear(_ path: String, for others: [String] = []) throws(LanguageModelError) {
    for name in files(of: path, and: others) {
      let file = "\(path)/\(name)"
      if name == "model.safetensors", !isLink(file) { continue }
      do { try FileManager.default.removeItem(atPath: file) } catch {
        throw LanguageModelError(.inaccessible, file: file, "the file cannot be removed")
      }
    }
  }

  private static func files(of path: String, and others: [String]) -> [String] {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return found.sorted().filter { isOfAModel($0) || others.contains($0) }
  }

  /// Whether a file of this name belongs to a model.
  static func isOfAModel(_ name: String) -> Bool {
    names.contains(name) || name.hasPrefix("model") && name.hasSuffix(".safetensors")
  }

  private static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }
}
