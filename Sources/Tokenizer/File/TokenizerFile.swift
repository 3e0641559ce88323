import ChatTemplate

/// The contents of a `tokenizer.json`.
struct TokenizerFile {
  /// The path of the file, for errors.
  let path: String
  var addedTokens: [AddedToken] = []
  /// Whether text is brought into normalization form C.
  var normalizes = false
  /// The splitters, each cutting the pieces of the one before.
  var splitters: [TextSplitter] = []
  /// The ids that are put in front of a text and behind it when special tokens are added.
  var prefix: [Int] = []
  var suffix: [Int] = []
  var vocabulary = Vocabulary(expecting: 0)
  var merges = MergeTable(expecting: 0)
  var unknownToken: String?
  var fusesUnknown = false
  /// Whether a piece that is a token is never merged from its bytes.
  var ignoresMerges = false

  /// Reads the file's `bytes`.
  init(_ bytes: [UInt8], path: String) throws(TokenizerError) {
    self.path = path
    do {
      try read(bytes)
    } catch let error as JSONError {
      let kind: TokenizerError.Kind = error.kind == .wrongType ? .invalidEntry : .malformedJSON
      throw TokenizerError(kind: kind, file: path, message: error.description)
    } catch let error as TokenizerError {
      throw error
    } catch {
      throw self.error(.unsupported, "\(error)")
    }
  }

  private mutating func read(_ bytes: [UInt8]) throws {
    var reader = JSONReader(bytes)
    var hasModel = false
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "added_tokens": try readAddedTokens(from: &reader)
      case "normalizer": normalizes = try isNFC(reader.readValue())
      case "pre_tokenizer": splitters = try splitters(of: reader.readValue())
      case "post_processor": try readPostProcessor(reader.readValue())
      case "decoder": try checkDecoder(reader.readValue())
      case "model":
        try readModel(from: &reader)
        hasModel = true
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    guard hasModel else { throw error(.invalidEntry, "expected an entry 'model'") }
    guard !splitters.isEmpty else { throw error(.invalidEntry, "expected an entry 'pre_tokenizer'") }
  }

  /// An error of this file.
  func error(_ kind: TokenizerError.Kind, _ message: String) -> TokenizerError {
    TokenizerError(kind: kind, file: path, message: message)
  }
}
