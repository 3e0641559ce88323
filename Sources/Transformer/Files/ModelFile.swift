import Files

extension TransformerModel {
  /// Reads a model from a file: safetensors when its name or its content says so, else `model.bin`.
  ///
  /// A safetensors file that does not carry its configuration is completed by the `config.json` in its folder.
  ///
  /// - Throws: `TransformerError` that names the file and, where it can, the byte.
  public init(contentsOfFile path: String) throws(TransformerError) {
    let bytes = try FileBytes.read(path)
    do {
      if ModelFormat(path: path, bytes: bytes) == .safetensors {
        try self.init(safetensors: bytes) { () throws(TransformerError) in
          try ModelConfiguration(contentsOfFile: FileBytes.besides(path, name: "config.json"))
        }
      } else {
        try self.init(binary: bytes)
      }
    } catch {
      throw error.placed(in: path)
    }
  }

  /// Writes the model to a file whose name ends in `.bin` or `.safetensors`; the latter gets a `config.json` beside it.
  ///
  /// Each file appears whole or not at all.
  ///
  /// - Throws: `TransformerError` of kind `inaccessible` when the file cannot be written, its name has another ending, or the
  ///   folder has a `config.json` of another sort of model.
  public func write(toFile path: String) throws(TransformerError) {
    switch ModelFormat(path: path) {
    case .binary:
      try FileBytes.write(binaryBytes(), to: path)
    case .safetensors:
      let configuration = FileBytes.besides(path, name: "config.json")
      try ModelConfiguration.requireOwn(configuration)
      try FileBytes.write(configurationBytes(), to: configuration)
      try FileBytes.write(safetensorsBytes(), to: path)
    case nil:
      throw TransformerError(.inaccessible, "expected a name that ends in .bin or .safetensors", file: path)
    }
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
  /// Fails if there is a file that is not a configuration of this package: writing would destroy it.
  fileprivate static func requireOwn(_ path: String) throws(TransformerError) {
    guard FileKind(of: path) != .nothing else { return }
    let bytes = try FileBytes.read(path)
    let members = try? JSONParser.parse(bytes, in: 0..<bytes.count).members("configuration")
    guard let type = try? members?["model_type"]?.text("model_type"), type == modelType else {
      throw TransformerError(.inaccessible, "expected no configuration of another model in this folder", file: path)
    }
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
