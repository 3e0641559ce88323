import Foundation
import MILI

/// Calls the body with the folder of a small random model and a byte tokenizer, which is then removed.
///
/// - Parameter context: the positions that the model is made for.
/// - Parameter answerBeginning: what stands before each answer, in place of the mark of a turn.
func withTinyModel(
  context: Int = 4096, answerBeginning: String? = nil, _ body: (URL) throws -> Void
) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "mili-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  var shape = Qwen3Configuration.tiny()
  shape.maximumPositions = context
  try RandomCheckpoint.write(shape, to: folder.path)
  try ByteTokenizer.write(to: folder)
  if let answerBeginning {
    try Data("{% for message in messages %}{{ message.content }}{% endfor %}\(answerBeginning)".utf8)
      .write(to: folder.appending(path: "chat_template.jinja"))
  }
  try body(folder)
}
