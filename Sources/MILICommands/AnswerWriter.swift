import CommandOutput
import MILI
import Synchronization

/// Shows one answer as it comes.
final class AnswerWriter: Sendable {
  private struct State {
    var splitter: ThinkingSplitter
    var text = ""
    /// Whether the last piece was a thought; nil before the first.
    var isThought: Bool?
    var info: GenerateCompletionInfo?
  }

  private let output: ChatOutput
  private let state: Mutex<State>

  init(_ output: ChatOutput, startsInThought: Bool) {
    self.output = output
    state = Mutex(State(splitter: ThinkingSplitter(startsInThought: startsInThought)))
  }

  /// Takes the next part.
  ///
  /// - Throws: `FileError` when nobody reads what is shown.
  func receive(_ part: Generation) throws {
    try state.withLock { state in
      switch part {
      case .info(let info): state.info = info
      case .chunk(let text):
        state.text += text
        if output.json { return }
        if output.hidesMarks {
          try show(state.splitter.append(text), &state)
        } else {
          try Terminal.write(text)
        }
      }
    }
  }

  /// Ends the answer.
  func finish(wasStopped: Bool) throws {
    try state.withLock { state in
      let report = state.info.map { GenerationReport($0) }
      if output.json {
        try Terminal.print(JSONLine.encode(ChatAnswer(text: state.text, report: report)))
        return
      }
      if output.hidesMarks { try show(state.splitter.finish(), &state) }
      if state.isThought == true { try output.dim(false) }
      try Terminal.print("")
      if let report { try output.report(report) }
      if wasStopped { try output.note("stopped") }
    }
  }

  private func show(_ pieces: [ThinkingSplitter.Piece], _ state: inout State) throws {
    for piece in pieces {
      if piece.isThought != state.isThought ?? false { try output.dim(piece.isThought) }
      if state.isThought == true, !piece.isThought { try Terminal.write("\n\n") }
      state.isThought = piece.isThought
      try Terminal.write(piece.text)
    }
  }
}

/// What `mili chat --json` prints for each answer.
private struct ChatAnswer: Encodable {
  let text: String
  let report: GenerationReport?
}
