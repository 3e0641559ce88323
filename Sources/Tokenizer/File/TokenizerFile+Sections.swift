import ChatTemplate
import Foundation

extension TokenizerFile {
  /// Reads the list of added tokens.
  mutating func readAddedTokens(from reader: inout JSONReader) throws {
    try reader.beginArray()
    while try reader.nextElement() {
      let offset = reader.position
      let entry = try reader.readObject()
      guard let id = entry["id"]?.integerValue, let content = entry["content"]?.stringValue,
        (0...Vocabulary.greatestID).contains(id)
      else { throw reader.error(.wrongType, "expected an added token with an id and a content", at: offset) }
      addedTokens.append(
        AddedToken(
          id: id, content: content, isSingleWord: entry["single_word"] == true, stripsLeft: entry["lstrip"] == true,
          stripsRight: entry["rstrip"] == true, isNormalized: entry["normalized"] == true,
          isSpecial: entry["special"] == true))
    }
  }

  /// Whether a normalizer is NFC, rather than none.
  func isNFC(_ value: JSONValue) throws(TokenizerError) -> Bool {
    if value == .null { return false }
    var isNFC = false
    for step in value.steps(of: "normalizers") {
      guard step["type"] == "NFC" else {
        throw error(.unsupported, "expected the normalizer NFC or none, found \(step.typeName)")
      }
      isNFC = true
    }
    return isNFC
  }

  /// The splitters of a pre-tokenizer, which must end in the byte-level one.
  func splitters(of value: JSONValue) throws(TokenizerError) -> [TextSplitter] {
    var splitters: [TextSplitter] = []
    var steps = value.steps(of: "pretokenizers")
    guard let last = steps.popLast(), last["type"] == "ByteLevel" else {
      throw error(.unsupported, "expected a pre-tokenizer that ends in ByteLevel, found \(value.typeName)")
    }
    for step in steps {
      guard step["type"] == "Split" else {
        throw error(.unsupported, "expected Split before ByteLevel among the pre-tokenizers, found \(step.typeName)")
      }
      guard step["behavior"] == "Isolated", step["invert"] != true else {
        throw error(.unsupported, "expected the pre-tokenizer Split to isolate its matches")
      }
      splitters.append(try splitter(step["pattern"]))
    }
    guard last["add_prefix_space"] != true else {
      throw error(.unsupported, "expected the pre-tokenizer ByteLevel to add no space in front")
    }
    if last["use_regex"] != false { splitters.append(try splitter(["Regex": .string(TextSplitter.byteLevelPattern)])) }
    if splitters.isEmpty { splitters.append(.whole) }
    return splitters
  }

  private func splitter(_ pattern: JSONValue?) throws(TokenizerError) -> TextSplitter {
    let text: String
    if let expression = pattern?["Regex"]?.stringValue {
      text = expression
    } else if let literal = pattern?["String"]?.stringValue {
      text = NSRegularExpression.escapedPattern(for: literal)
    } else {
      throw error(.invalidEntry, "expected the pre-tokenizer Split to have a pattern, Regex or String")
    }
    guard let splitter = try? TextSplitter(pattern: text) else {
      throw error(.unsupported, "expected a pattern that Foundation's regular expressions accept, found '\(text)'")
    }
    return splitter
  }

  /// Reads which special tokens stand around a text.
  mutating func readPostProcessor(_ value: JSONValue) throws(TokenizerError) {
    if value == .null { return }
    for step in value.steps(of: "processors") {
      switch step["type"] {
      case "ByteLevel": break
      case "TemplateProcessing": try readTemplate(step)
      default:
        throw error(.unsupported, "expected the post-processor ByteLevel or TemplateProcessing, found \(step.typeName)")
      }
    }
  }

  private mutating func readTemplate(_ step: JSONValue) throws(TokenizerError) {
    var isPastText = false
    for part in step["single"]?.arrayValue ?? [] {
      if part["Sequence"] != nil {
        isPastText = true
        continue
      }
      let name = part["SpecialToken"]?["id"]?.stringValue
      let ids = name.flatMap { step["special_tokens"]?[$0]?["ids"]?.arrayValue }?.compactMap(\.integerValue)
      guard let ids, !ids.isEmpty else {
        throw error(.invalidEntry, "expected the ids of every special token of TemplateProcessing")
      }
      if isPastText { suffix += ids } else { prefix += ids }
    }
  }

  /// Checks that tokens are turned into text byte by byte.
  func checkDecoder(_ value: JSONValue) throws(TokenizerError) {
    for step in value == .null ? [] : value.steps(of: "decoders") where step["type"] != "ByteLevel" {
      throw error(.unsupported, "expected the decoder ByteLevel, found \(step.typeName)")
    }
  }
}

extension JSONValue {
  /// The steps of a `Sequence`, under `key`, or the one step that this is.
  fileprivate func steps(of key: String) -> [JSONValue] {
    self["type"] == "Sequence" ? self[key]?.arrayValue ?? [] : [self]
  }

  /// The `type` of a step, for error messages.
  fileprivate var typeName: String { (self["type"] ?? self).summary }
}
