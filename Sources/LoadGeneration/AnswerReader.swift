/// Reads an answer, a stream of events or one object, into a record.
struct AnswerReader {
  private let streams: Bool
  private var parser = ServerEventParser()
  /// What came of an answer that is one object, and when the last of it came.
  private var whole: [UInt8] = []
  private var lastTime = Duration.zero
  private var isComplete = false

  init(streams: Bool) {
    self.streams = streams
  }

  /// Takes the next bytes, which came at a time.
  ///
  /// - Returns: whether the answer is complete, whatever else comes.
  mutating func take(
    _ bytes: some Sequence<UInt8>, at time: Duration, to record: inout RequestRecord
  ) throws(LoadFailure) -> Bool {
    lastTime = time
    guard streams else {
      whole += bytes
      guard whole.count <= ServerEventParser.longestLine else { throw .malformed }
      return false
    }
    for event in try parser.append(bytes) where !isComplete {
      isComplete = event.elementsEqual("[DONE]".utf8)
      if !isComplete { record.take(try AnswerPiece(json: event), at: time) }
    }
    return isComplete
  }

  /// Takes the end of the answer.
  ///
  /// - Throws: `LoadFailure.brokenOff` when something is missing.
  mutating func end(_ record: inout RequestRecord) throws(LoadFailure) {
    if streams {
      guard isComplete else { throw .brokenOff }
    } else {
      guard !whole.isEmpty else { throw .brokenOff }
      record.take(try AnswerPiece(json: whole), at: lastTime)
    }
    if record.generatedTokens == 0 { record.generatedTokens = record.pieces.count }
  }
}
