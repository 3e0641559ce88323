import ArgumentParser
import Foundation
import MILI

/// `mili chat`
struct ChatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Talks with a model.",
    discussion: """
      Each line is a message, those of a pasted text too. /file PATH sends the text of a file as one message, \
      however long it is; terminals cut lines at some thousand bytes, and one that was cut is not sent. /no_think makes the model answer without thinking first, /think makes it think again, alone \
      or within a message; /clear forgets the conversation, /exit ends it. Ctrl-C stops an answer. In a pipe, \
      standard output has the answers alone.

      Example: mili chat --model Qwen3-0.6B
      """)

  @OptionGroup var model: ModelOption

  @Option(help: ArgumentHelp("What the model is told before the conversation.", valueName: "text"))
  var system: TextSource?

  @Flag(help: "Begin with answers without thinking.")
  var noThink = false

  @OptionGroup var sampling: SamplingOptions

  @Flag(help: "Print one JSON object for each answer.")
  var json = false

  func run() async throws {
    let context = try model.load()
    let session = ChatSession(context, instructions: try system?.text())
    var conversation = Conversation(session: session, sampling: sampling, output: ChatOutput(json: json))
    try conversation.setThinking(!noThink)
    try conversation.output.greet(context)
    let lines = TypedLines()
    while let line = try conversation.output.readLine(from: lines) {
      guard try await conversation.take(ChatLine(line)) else { break }
    }
  }
}

/// A conversation by typed lines.
private struct Conversation {
  let session: ChatSession
  let sampling: SamplingOptions
  let output: ChatOutput
  private let interruption: Interruption
  /// Whether the chat template puts the beginning of a thought in front of the answer.
  private var startsInThought = false

  init(session: ChatSession, sampling: SamplingOptions, output: ChatOutput) {
    self.session = session
    self.sampling = sampling
    self.output = output
    // Without a person, Ctrl-C ends the program as it does any other.
    interruption = Interruption(takesOver: output.isInteractive)
  }

  /// Does what a line asks for; false when that is to end.
  mutating func take(_ line: ChatLine) async throws -> Bool {
    switch line {
    case .nothing: break
    case .exit: return false
    case .clear:
      await session.clear()
      try output.note("forgotten")
    case .thinking(let thinks):
      try setThinking(thinks)
      try output.note(thinks ? "thinks first" : "answers at once")
    case .file(let path): try await send(path)
    case .message(let text, let thinks):
      if let thinks { try setThinking(thinks) }
      try await answer(text)
    }
    return true
  }

  mutating func setThinking(_ thinks: Bool) throws {
    session.additionalContext["enable_thinking"] = .bool(thinks)
    session.generateParameters = sampling.parameters(session.context.recommendedParameters(thinking: thinks))
    let prompt = try session.context.tokenizer.renderChatTemplate(
      messages: [Chat.Message.user("").jsonValue], additionalContext: session.additionalContext)
    startsInThought = prompt.hasSuffix("<think>\n")
  }

  /// Takes the text of a file for a message.
  private func send(_ path: String) async throws {
    do {
      // What comes through a pipe may be by somebody who is not to read files.
      guard output.isInteractive else { throw CommandError("/file: expected a terminal for input and output") }
      guard !path.isEmpty else { throw CommandError("/file: expected the path of a file") }
      let text = try TextSource(argument: "@" + (path as NSString).expandingTildeInPath).text()
      guard text.contains(where: { !$0.isWhitespace }) else { throw CommandError("\(path): the file has no text") }
      try await answer(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    } catch {
      guard output.isInteractive else { throw error }
      output.fail(error)
    }
  }

  private func answer(_ text: String) async throws {
    let writer = AnswerWriter(output, startsInThought: startsInThought)
    let stream = session.streamDetails(to: text)
    let (result, wasStopped) = await interruption.cancelling {
      for try await part in stream {
        // What the model had said by then, and nobody has read yet, goes on coming.
        if Task.isCancelled { break }
        try writer.receive(part)
      }
    }
    do {
      try result.get()
      if wasStopped, let info = await session.lastInfo { try writer.receive(.info(info)) }
      try writer.finish(wasStopped: wasStopped)
    } catch {
      // A person can go on with another message; a pipe has nobody to read the line.
      guard output.isInteractive else { throw error }
      output.fail(error)
    }
  }
}
