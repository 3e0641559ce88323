import Files
import Reference
import TransformerVM

/// A trace on its way to a file.
struct TraceFile {
  private let vocabulary: MachineVocabulary
  private var text = ""
  private var writer = TraceWriter()

  init(_ vocabulary: MachineVocabulary) {
    self.vocabulary = vocabulary
  }

  /// Adds a token, by its id.
  mutating func append(_ id: Int) {
    writer.write(
      vocabulary.text(of: id), startsLine: vocabulary.startsLine(id), endsLine: vocabulary.endsLine(id), to: &text)
  }

  mutating func write(to path: String) throws {
    writer.finish(&text)
    try OutputFile.write(text.utf8, to: path)
  }
}
