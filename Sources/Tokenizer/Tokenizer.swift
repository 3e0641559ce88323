import ChatTemplate
public import Foundation

/// A byte-level BPE tokenizer, as a model's folder describes it.
///
/// ```swift
/// let tokenizer = try Tokenizer.from(modelFolder: folder)
/// let ids = tokenizer.encode(text: "Hello, world!")
/// print(tokenizer.decode(tokens: ids))  // Hello, world!
/// ```
///
/// Ids agree with those of the Hugging Face library `tokenizers`, whose file `tokenizer.json` is read. A tokenizer is
/// immutable, and cheap to copy and to share between tasks.
public struct Tokenizer: Sendable {
  let model: TokenizerModel
  /// What `tokenizer_config.json` and the chat template files of the folder say.
  let configuration: TokenizerConfiguration

  /// Reads `tokenizer.json` of a model's folder, and `tokenizer_config.json` and `chat_template.jinja` where they exist.
  /// - Throws: when a file is missing or malformed, or asks for something other than byte-level BPE.
  public init(modelFolder: URL) throws(TokenizerError) {
    let file = modelFolder.appendingPathComponent("tokenizer.json")
    try self.init(
      tokenizerJSON: readFile(file), path: file.path, configuration: TokenizerConfiguration(modelFolder: modelFolder))
  }

  /// Reads the tokenizer of a model's folder.
  /// - Throws: as `init(modelFolder:)`.
  public static func from(modelFolder: URL) throws(TokenizerError) -> Tokenizer {
    try Tokenizer(modelFolder: modelFolder)
  }

  /// Reads the bytes of a `tokenizer.json`.
  /// - Parameter path: the name of the file, for errors.
  package init(
    tokenizerJSON: [UInt8], path: String, configuration: TokenizerConfiguration = TokenizerConfiguration()
  ) throws(TokenizerError) {
    model = TokenizerModel(try TokenizerFile(tokenizerJSON, path: path))
    self.configuration = configuration
  }
}

extension Tokenizer {
  /// One more than the greatest id. The rows of a model's embedding past it are padding.
  public var vocabularySize: Int { model.names.count }

  /// The id of a token by its name, as `tokenizer.json` writes it: `"Ġworld"`, `"<|im_end|>"`.
  public func convertTokenToId(_ token: String) -> Int? { model.id(of: token) }

  /// The name of a token, or nil where there is no such id.
  public func convertIdToToken(_ id: Int) -> String? { model.name(of: id) }

  /// Whether decoding leaves the token out when special tokens are skipped.
  public func isSpecial(_ id: Int) -> Bool { model.specialIDs.contains(id) }

  /// The token that ends a text, by name, where the configuration names one.
  public var eosToken: String? { configuration.specialTokens["eos_token"]?.stringValue }

  /// The token that ends a text.
  public var eosTokenId: Int? { eosToken.flatMap(convertTokenToId) }

  /// The token that begins a text, by name, where the configuration names one.
  public var bosToken: String? { configuration.specialTokens["bos_token"]?.stringValue }

  /// The token that begins a text.
  public var bosTokenId: Int? { bosToken.flatMap(convertTokenToId) }
}

/// The bytes of a file.
func readFile(_ file: URL) throws(TokenizerError) -> [UInt8] {
  do {
    return Array(try Data(contentsOf: file))
  } catch {
    let exists = FileManager.default.fileExists(atPath: file.path)
    let message = exists ? "expected a file that can be read" : "expected a file here, found none"
    throw TokenizerError(kind: .missingFile, file: file.path, message: message)
  }
}
