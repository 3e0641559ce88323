extension ProgramRun {
  /// Executes a prompt, given by the ids of its tokens, or carries its execution on where a checkpoint ends, and keeps the tokens there.
  ///
  /// What a run knows follows from its tokens, so a checkpoint holds no more than those. They are read again many at a time, and
  /// compared with what the model says.
  ///
  /// - Parameters:
  ///   - maximumTokens: how many tokens there may be behind the prompt, those of the checkpoint included.
  ///   - observe: called with the checkpoint's tokens, then with each slice of new ones; returns how many of them to keep.
  ///     Generation ends where it keeps fewer than it was given.
  /// - Throws: ``VirtualMachineError`` when the file is no checkpoint of this run or cannot be used, and as the other initialisers do.
  public init(
    prompt: [Int32], on executor: Executor, checkpoint: Checkpoint, host: RunHost = RunHost(),
    maximumTokens: Int = .max,
    observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int = { ids, _ in ids.count }
  ) throws(VirtualMachineError) {
    guard let model = executor.model else {
      throw VirtualMachineError("a checkpoint needs a model, found \(executor.name)", subject: checkpoint.path)
    }
    let trace = TokenTrace(prompt: prompt, vocabulary: executor.vocabulary)
    let file = try CheckpointFile(
      checkpoint.path, header: CheckpointHeader(model: model, prompt: prompt, vocabulary: executor.vocabulary))
    let reading = try CheckpointReading(trace, file.tokens, by: executor.makeReader(), file: checkpoint.path)
    var known = Array(file.tokens.prefix(executor.vocabulary.length(of: file.tokens, upTo: maximumTokens)))
    let keptCount = executor.vocabulary.slices(of: known).reduce(0) { kept, slice in
      kept == slice.startIndex ? kept + observe(slice, executor.vocabulary) : kept
    }
    let wantsMore = keptCount >= known.count
    known = Array(known.prefix(keptCount))

    var writer = CheckpointWriter(file, interval: checkpoint.interval)
    try self.init(
      prompt, generated: known, vocabulary: executor.vocabulary, predictor: reading.predictor,
      readCount: min(reading.readCount, max(prompt.count + known.count - 1, 0)),
      host: host, maximumTokens: wantsMore ? maximumTokens : known.count
    ) { ids, vocabulary in
      let kept = observe(ids, vocabulary)
      return writer.take(ids.prefix(kept)) ? kept : 0
    }
    try writer.finish()
  }
}

/// A predictor that has read a checkpoint's tokens and found them right.
private struct CheckpointReading {
  private(set) var predictor: any TokenPredictor
  private(set) var readCount = 0

  private static let sliceLength = 65_536

  /// - Throws: ``VirtualMachineError`` when the model says something else than the checkpoint.
  init(
    _ trace: TokenTrace, _ tokens: [UInt16], by reader: any TokenReader, file: String
  ) throws(VirtualMachineError) {
    predictor = reader.predictor
    if tokens.isEmpty { return }
    let ids = trace.ids + tokens.map(Int32.init)
    let hosts = trace.vocabulary.answers(in: tokens)
    let wrong: Int?
    do {
      (predictor, wrong) = try Self.read(ids, promptCount: trace.promptCount, hosts: hosts, by: reader)
    } catch {
      throw VirtualMachineError("\(error)", subject: file)
    }
    if let wrong {
      throw VirtualMachineError("token \(wrong) of the checkpoint is not what the model says", subject: file)
    }
    readCount = ids.count - 1
  }

  /// Reads all tokens but the last; the predictor behind them, and the first generated token that it would not have said, those of
  /// the host aside.
  private static func read(
    _ ids: [Int32], promptCount: Int, hosts: [Range<Int>], by reader: some TokenReader
  ) throws -> (any TokenPredictor, Int?) {
    var reader = reader
    var hosts = hosts[...]
    for first in stride(from: 0, to: ids.count - 1, by: sliceLength) {
      let end = min(first + sliceLength, ids.count - 1)
      let predictions = try reader.predictions(after: Array(ids[first..<end]))
      for (offset, prediction) in predictions.enumerated() {
        let position = first + offset + 1
        let place = position - promptCount
        while let host = hosts.first, host.upperBound <= place { hosts.removeFirst() }
        let isHost = hosts.first?.contains(place) ?? false
        if place >= 0, !isHost, prediction != ids[position] { return (reader.predictor, place) }
      }
    }
    return (reader.predictor, nil)
  }
}

/// Gathers tokens until there are enough for a block.
private struct CheckpointWriter {
  private let file: CheckpointFile
  private let interval: Int
  private var tokens: [UInt16] = []
  private var failure: VirtualMachineError?

  init(_ file: CheckpointFile, interval: Int) {
    self.file = file
    self.interval = interval
  }

  /// Takes tokens; false when they cannot be written.
  mutating func take(_ ids: ArraySlice<UInt16>) -> Bool {
    tokens += ids
    if tokens.count >= interval { _ = write() }
    return failure == nil
  }

  /// Writes what is left.
  mutating func finish() throws(VirtualMachineError) {
    _ = write()
    if let failure { throw failure }
  }

  private mutating func write() -> Bool {
    guard failure == nil else { return false }
    do throws(VirtualMachineError) {
      try file.append(tokens[...])
      tokens.removeAll(keepingCapacity: true)
    } catch {
      failure = error
    }
    return failure == nil
  }
}
