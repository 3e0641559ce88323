import ChatTemplate
package import Foundation

/// What stands beside `tokenizer.json` in a model's folder: the names of special tokens, and the chat template.
package struct TokenizerConfiguration: Sendable {
  /// The special tokens by role, such as `eos_token`, as templates see them.
  var specialTokens = JSONObject()
  /// The folder that was read, as a path.
  var folder: String?
  /// The chat template.
  private var chatTemplate: Source?
  /// The chat template for conversations with tools, where there is one of its own.
  private var toolTemplate: Source?

  /// A chat template, or what is wrong with it, and the file that it was read from.
  typealias Source = (template: Result<ChatTemplate, ChatTemplateError>, path: String)

  /// A configuration that says nothing.
  package init() {}

  /// Reads `tokenizer_config.json`, `chat_template.jinja` and `additional_chat_templates`, where they exist.
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
      let templates = configuration["chat_template"]
      chatTemplate = (templates?.stringValue ?? Self.template("default", of: templates)).map { Self.source($0, file) }
      toolTemplate = Self.template("tool_use", of: templates).map { Self.source($0, file) }
    }
    let template = modelFolder.appendingPathComponent("chat_template.jinja")
    if FileManager.default.fileExists(atPath: template.path) {
      chatTemplate = Self.source(String(decoding: try readFile(template), as: UTF8.self), template)
      toolTemplate = nil
    }
    let forTools = modelFolder.appendingPathComponent("additional_chat_templates/tool_use.jinja")
    if FileManager.default.fileExists(atPath: forTools.path) {
      toolTemplate = Self.source(String(decoding: try readFile(forTools), as: UTF8.self), forTools)
    }
  }

  /// The template for a conversation; as in transformers, that called `tool_use` where tools are given and there is one.
  func chatTemplate(hasTools: Bool) -> Source? {
    hasTools ? toolTemplate ?? chatTemplate : chatTemplate
  }

  /// A template that is malformed is no reason not to read the tokenizer: the error waits until the template is used.
  private static func source(_ text: String, _ file: URL) -> Source {
    do {
      return (.success(try ChatTemplate(text)), file.path)
    } catch {
      return (.failure(error), file.path)
    }
  }

  private mutating func readSpecialTokens(_ configuration: JSONValue) {
    for role in ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"] {
      let value = configuration[role]
      if let name = value?.stringValue ?? value?["content"]?.stringValue { specialTokens[role] = .string(name) }
    }
  }

  /// One of several templates that have names.
  private static func template(_ name: String, of list: JSONValue?) -> String? {
    list?.arrayValue?.first { $0["name"] == .string(name) }?["template"]?.stringValue
  }
}
