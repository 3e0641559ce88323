import ArgumentParser
import LanguageModel

/// What commands check of the folders that they are given.
enum FolderArgument {
  /// Refuses an empty name, which would mean the current folder or the root.
  static func check(_ folder: String, _ name: String) throws {
    guard !folder.isEmpty else { throw ValidationError("\(name): expected a folder, found an empty name") }
  }

  /// Calls the body, which writes a model to a folder, and says what helps when the folder has one.
  static func suggestingForce<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as LanguageModelError where error.kind == .occupied {
      throw CommandError("\(error); --force replaces the model")
    }
  }
}
