import Files
import Foundation

extension TransformerModel {
  /// Reads a model from a file: safetensors when its name or its content says so, else `model.bin`.
  ///
  /// A safetensors file that does not carry its configuration is completed by the one beside it: `NAME.config.json`, else
  /// `config.json`.
  ///
  /// - Throws: `TransformerError` that names the file and, where it can, the byte.
  public init(contentsOfFile path: String) throws(TransformerError) {
    let bytes = try FileBytes.read(path)
    do {
      if ModelFormat(path: path, bytes: bytes) == .safetensors {
        try self.init(safetensors: bytes) { () throws(TransformerError) in
          let own = ModelConfiguration.ownPath(of: path)
          return try ModelConfiguration(
            contentsOfFile: FileKind(of: own) == .nothing ? ModelConfiguration.folderPath(of: path) : own)
        }
      } else {
        try self.init(binary: bytes)
      }
    } catch {
      throw error.placed(in: path)
    }
  }

  /// Writes the model to a file whose name ends in `.bin` or `.safetensors`; the latter gets a `config.json` beside it, or a
  /// `NAME.config.json` where the folder's configuration is that of another model.
  ///
  /// Each file appears whole or not at all.
  ///
  /// - Throws: `TransformerError` of kind `inaccessible` when the file cannot be written or its name has another ending.
  public func write(toFile path: String) throws(TransformerError) {
    switch ModelFormat(path: path) {
    case .binary:
      try FileBytes.write(binaryBytes(), to: path)
    case .safetensors:
      try FileBytes.write(safetensorsBytes(), to: path)
      try FileBytes.write(configurationBytes(), to: ModelConfiguration.path(beside: path))
    case nil:
      try Self.checkName(ofFile: path)
    }
  }

  /// Checks that a model can be written to a file of that name, before the work of making one.
  ///
  /// - Throws: `TransformerError` of kind `inaccessible` when the name ends neither in `.bin` nor in `.safetensors`.
  package static func checkName(ofFile path: String) throws(TransformerError) {
    guard ModelFormat(path: path) == nil else { return }
    throw TransformerError(.inaccessible, "expected a name that ends in .bin or .safetensors", file: path)
  }
}

/// The two formats of model files.
enum ModelFormat {
  case binary
  case safetensors

  /// The format that a file's name promises.
  init?(path: String) {
    if path.hasSuffix(".bin") {
      self = .binary
    } else if path.hasSuffix(".safetensors") {
      self = .safetensors
    } else {
      return nil
    }
  }

  /// The format that a file's name promises or, if it promises none, that its first bytes show.
  init(path: String, bytes: [UInt8]) {
    // A safetensors header opens with a brace after its length.
    self = Self(path: path) ?? (bytes.count > 8 && bytes[8] == UInt8(ascii: "{") ? .safetensors : .binary)
  }
}

extension ModelConfiguration {
  /// The configuration of a folder with one model.
  fileprivate static func folderPath(of path: String) -> String {
    FileBytes.besides(path, name: "config.json")
  }

  /// The configuration of one model among several in a folder.
  fileprivate static func ownPath(of path: String) -> String {
    let ending = ".safetensors"
    return (path.hasSuffix(ending) ? String(path.dropLast(ending.count)) : path) + ".config.json"
  }

  /// Where to write the configuration of a safetensors file so that no other model loses its own.
  fileprivate static func path(beside path: String) -> String {
    let shared = folderPath(of: path)
    if FileKind(of: shared) == .nothing { return shared }
    return isOurs(shared) && !hasOtherModel(besides: path) ? shared : ownPath(of: path)
  }

  /// Whether a file is a configuration of this package.
  private static func isOurs(_ path: String) -> Bool {
    guard let bytes = try? FileBytes.read(path) else { return false }
    let members = try? JSONParser.parse(bytes, in: 0..<bytes.count).members("configuration")
    return (try? members?["model_type"]?.text("model_type")) == modelType
  }

  /// Whether there is another safetensors file in the folder.
  private static func hasOtherModel(besides path: String) -> Bool {
    let file = URL(fileURLWithPath: path)
    let names = try? FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
    return (names ?? []).contains { $0.hasSuffix(".safetensors") && $0 != file.lastPathComponent }
  }

  /// Reads a configuration from a `config.json`.
  fileprivate init(contentsOfFile path: String) throws(TransformerError) {
    let bytes = try FileBytes.read(path)
    do {
      try self.init(parsing: bytes)
    } catch {
      throw error.placed(in: path)
    }
  }
}

extension TransformerError {
  /// The same error in a file, unless it names one already.
  fileprivate func placed(in path: String) -> TransformerError {
    var placed = self
    placed.file = file ?? path
    return placed
  }
}
