package import Files
import Foundation

/// A script of the official test suite, as `wast2json` writes it: commands in JSON, modules in files beside it.
///
/// ```swift
/// let script = try SpecificationScript(file: "spec/i32/i32.json")
/// print(script.commands.count)
/// ```
public struct SpecificationScript: Sendable {
  /// The path of the JSON file, as it was given.
  public let file: String
  /// What to do, in the order in which it is to be done.
  public let commands: [ScriptCommand]

  /// Reads the JSON file; the modules are read when their commands are run.
  ///
  /// - Throws: ``ScriptError`` when the file cannot be read or is no such script.
  public init(file: String) throws(ScriptError) {
    let bytes: [UInt8]
    do {
      bytes = try InputFile.bytes(of: file)
    } catch {
      throw ScriptError(error.message, file: file)
    }
    try self.init(json: bytes, file: file)
  }

  /// Reads a script from the bytes of its JSON text.
  ///
  /// - Parameter file: where the text comes from; the modules are looked for in the same folder.
  public init(json: [UInt8], file: String) throws(ScriptError) {
    let raw: RawScript
    do {
      raw = try JSONDecoder().decode(RawScript.self, from: Data(json))
    } catch {
      let reason = Self.syntaxError(json) ?? Self.reason(error)
      throw ScriptError("expected the JSON that wast2json writes: \(reason)", file: file)
    }
    var commands: [ScriptCommand] = []
    for entry in raw.commands {
      let command: RawCommand
      do {
        command = try entry.command.get()
      } catch {
        throw ScriptError(
          "expected the JSON that wast2json writes: \(Self.reason(error))", file: file, line: entry.line)
      }
      commands.append(try ScriptCommand(command, file: file))
    }
    self.file = file
    self.commands = commands
  }

  /// The path of a module that a command names: names are relative to the script's folder.
  public func path(of module: ScriptModule) -> String {
    URL(filePath: file).deletingLastPathComponent().appending(path: module.filename).path(percentEncoded: false)
  }

  /// The bytes of a module that a command names.
  ///
  /// - Throws: `FileError` when the file cannot be read. An empty file is a malformed module, not an error.
  package func bytes(of module: ScriptModule) throws(FileError) -> [UInt8] {
    try InputFile.bytes(of: path(of: module), allowEmpty: true)
  }

  /// Why and where bytes are no JSON, which Foundation's decoder keeps to itself; nil where they are.
  private static func syntaxError(_ json: [UInt8]) -> String? {
    do {
      _ = try JSONSerialization.jsonObject(with: Data(json), options: .fragmentsAllowed)
      return nil
    } catch {
      return (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, let context): "no '\(key.stringValue)'" + place(context)
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      context.debugDescription + place(context)
    default: "\(error)"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    return path.isEmpty ? "" : " at \(path.joined(separator: "."))"
  }
}
