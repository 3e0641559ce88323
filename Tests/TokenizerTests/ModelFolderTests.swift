import ChatTemplate
import Foundation
import Testing
import Tokenizer

@Suite struct ModelFolderTests {
  /// A model's folder with the small tokenizer and the given files, gone after `body`.
  private func withFolder(_ files: [String: String], _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(try Fixture.bytes("small.json")).write(to: folder.appendingPathComponent("tokenizer.json"))
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    try body(folder)
  }

  private static let messages: [JSONValue] = [["role": "user", "content": "the <|im_end|>"]]

  @Test func theConfigurationNamesSpecialTokensAndTheTemplate() throws {
    let configuration = #"""
      {"eos_token": "<|im_end|>", "bos_token": {"content": "<|endoftext|>", "lstrip": false}, "pad_token": null,
      "chat_template": "{{ bos_token }}{% for m in messages %}{{ m.content }}{% endfor %}{{ eos_token }}{{ pad_token }}"}
      """#
    try withFolder(["tokenizer_config.json": configuration]) { folder in
      let tokenizer = try Tokenizer.from(modelFolder: folder)
      #expect(tokenizer.eosToken == "<|im_end|>")
      #expect(tokenizer.eosTokenId == 702)
      #expect(tokenizer.bosTokenId == 700)
      let text = try tokenizer.renderChatTemplate(messages: Self.messages)
      #expect(text == "<|endoftext|>the <|im_end|><|im_end|>")
      let ids = try tokenizer.applyChatTemplate(messages: Self.messages)
      #expect(ids.first == 700 && ids.suffix(2) == [702, 702])
      #expect(ids == tokenizer.encode(text: text, addSpecialTokens: false))
    }
  }

  @Test func theTemplatesOwnFileTakesPrecedence() throws {
    let configuration =
      #"{"chat_template": [{"name": "tool_use", "template": "t"}, {"name": "default", "template": "d"}]}"#
    try withFolder(["tokenizer_config.json": configuration]) { folder in
      func text(tools: [JSONValue]? = nil) throws -> String {
        try Tokenizer.from(modelFolder: folder).renderChatTemplate(messages: [], tools: tools)
      }
      #expect(try text() == "d")
      #expect(try text(tools: []) == "t")
      try Data("own".utf8).write(to: folder.appendingPathComponent("chat_template.jinja"))
      #expect(try text() == "own")
      #expect(try text(tools: []) == "own")
      let more = folder.appendingPathComponent("additional_chat_templates")
      try FileManager.default.createDirectory(at: more, withIntermediateDirectories: false)
      try Data("tools".utf8).write(to: more.appendingPathComponent("tool_use.jinja"))
      #expect(try text() == "own")
      #expect(try text(tools: []) == "tools")
    }
  }

  @Test func templatesThatFailSayWhere() throws {
    try withFolder([:]) { folder in
      let tokenizer = try Tokenizer.from(modelFolder: folder)
      #expect { try tokenizer.applyChatTemplate(messages: Self.messages) } throws: { error in
        "\(error)"
          == "\(folder.path): expected a chat template in chat_template.jinja or tokenizer_config.json, found none"
      }
    }
    for (template, message) in [
      ("\n{{ 1 + }}", "line 2: expected an expression, found '}}'"), ("{{ raise_exception('no') }}", "line 1: no"),
    ] {
      try withFolder(["chat_template.jinja": template]) { folder in
        let tokenizer = try Tokenizer.from(modelFolder: folder)
        #expect { try tokenizer.applyChatTemplate(messages: Self.messages) } throws: { error in
          "\(error)" == "\(folder.path)/chat_template.jinja: chat template, \(message)"
        }
      }
    }
  }

  @Test func malformedConfigurationIsNamed() throws {
    try withFolder(["tokenizer_config.json": "{"]) { folder in
      #expect { try Tokenizer.from(modelFolder: folder) } throws: { error in
        let error = error as? TokenizerError
        return error?.kind == .malformedJSON && error?.file == "\(folder.path)/tokenizer_config.json"
      }
    }
  }

  @Test func addedTokensCanBeSpelledOut() throws {
    let tokenizer = try Fixture.tokenizer("small.json")
    let text = "a<|im_end|>b"
    #expect(tokenizer.encode(text: text).contains(702))
    let ids = tokenizer.encode(text: text, matchAddedTokens: false)
    #expect(ids.allSatisfy { $0 < 700 })
    #expect(tokenizer.decode(tokens: ids, skipSpecialTokens: true) == text)
  }
}
