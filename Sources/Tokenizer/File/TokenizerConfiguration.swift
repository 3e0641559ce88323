import ChatTemplate
package import Foundation

/// What stands beside `tokenizer.json` in a model's folder: the names of special tokens, and the chat template.
package struct TokenizerConfiguration: Sendable {
  /// The special tokens by role, such as `eos_token`, as templates see them.
  var specialTokens = JSONObject()
  /// The folder that was read, as a path.
  var folder: String?
  /// The chat template, or what is wrong with it, and the file that it was read from.
  var chatTemplate: (template: Result<ChatTemplate, ChatTemplateError>, path: String)?

  /// A configuration that says nothing.
  package init() {}

  /// Reads `tokenizer_config.json` and `chat_template.jinja`, where they exist.
  /// - Throws: when a file is there and malformed.
  package init(modelFolder: URL) throws(TokenizerError) {
    folder = modelFolder.path
    let file = modelFolder.appendingPathComponent("tokenizer_config.json")
    if FileManager.default.fileExists(atPath: file.path) {
      let configuration: JSONValue
      do {
        configuration = try JSONValue(parsing: readFile(file))
      } catch let error as JSONError {
        throw TokenizerError(kind: .malformedJSON, file: file.path, message: error.description)
      } catch {
        throw TokenizerError(kind: .missingFile, file: file.path, message: "expected a file that can be read")
      }
      readSpecialTokens(configuration)
      if let source = Self.defaultTemplate(configuration["chat_template"]) { setTemplate(source, file) }
    }
    let template = modelFolder.appendingPathComponent("chat_template.jinja")
    if FileManager.default.fileExists(atPath: template.path) {
      setTemplate(String(decoding: try readFile(template), as: UTF8.self), template)
    }
  }

  /// A template that is malformed is no reason not to read the tokenizer: the error waits until the template is used.
  private mutating func setTemplate(_ source: String, _ file: URL) {
    do {
      chatTemplate = (.success(try ChatTemplate(source)), file.path)
    } catch {
      chatTemplate = (.failure(error), file.path)
    }
  }

  private mutating func readSpecialTokens(_ configuration: JSONValue) {
    for role in ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"] {
      let value = configuration[role]
      if let name = value?.stringValue ?? value?["content"]?.stringValue { specialTokens[role] = .string(name) }
    }
  }

  /// The template itself, or the one called `default` of several that have names.
  private static func defaultTemplate(_ value: JSONValue?) -> String? {
    if let source = value?.stringValue { return source }
    return value?.arrayValue?.first { $0["name"] == "default" }?["template"]?.stringValue
  }
}
