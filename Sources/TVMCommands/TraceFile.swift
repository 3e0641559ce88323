import Files
import InstructionSet
import Reference
import TransformerVM

/// A trace on its way to a file.
struct TraceFile {
  private var text = ""
  private var writer = TraceWriter()

  init(prompt: [Token]) {
    for token in prompt { append(token) }
  }

  mutating func append(_ token: Token) {
    writer.write(token, to: &text)
  }

  mutating func write(to path: String) throws {
    writer.finish(&text)
    try OutputFile.write(text.utf8, to: path)
  }
}
