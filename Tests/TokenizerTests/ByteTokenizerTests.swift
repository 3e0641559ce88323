import ChatTemplate
import Foundation
import Testing
import Tokenizer

@Suite struct ByteTokenizerTests {
  @Test func everyByteIsATokenAndMarksAreToo() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try ByteTokenizer.write(to: folder)
    let tokenizer = try Tokenizer.from(modelFolder: folder)
    #expect(tokenizer.vocabularySize == ByteTokenizer.vocabularySize)
    let text = String(decoding: 0...0x7F, as: UTF8.self) + "Straße 日本 🙂"
    #expect(tokenizer.encode(text: text) == text.utf8.map(Int.init))
    #expect(tokenizer.decode(tokens: text.utf8.map(Int.init)) == text)
    #expect(tokenizer.encode(text: "a<think>b<|im_end|>") == [97, 259, 98, 258])
    #expect(tokenizer.isSpecial(258) && !tokenizer.isSpecial(259))
    let prompt = try tokenizer.renderChatTemplate(
      messages: [["role": "user", "content": "hi"]], additionalContext: ["enable_thinking": false])
    #expect(prompt == "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n")
  }
  /// Nothing but more tokens than the limit makes a text too long, wherever they come: in words, marks or one long word.
  @Test func textsOfMoreTokensThanTheLimitHaveNone() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try ByteTokenizer.write(to: folder)
    let tokenizer = try Tokenizer.from(modelFolder: folder)
    let texts = ["", "a", "two words<think>é", "<think><think></think>", String(repeating: "word", count: 30)]
    for text in texts {
      let tokens = tokenizer.encode(text: text)
      for limit in 0...tokens.count + 1 {
        #expect(tokenizer.encode(text: text, limit: limit) == (limit < tokens.count ? nil : tokens), "\(text) \(limit)")
      }
    }
  }
}
