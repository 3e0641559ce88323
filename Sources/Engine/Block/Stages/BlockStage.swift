/// Some of a program's segments, computed by one thread at a time, block after block.
///
/// It is unchecked for `Sendable` because whoever uses it sees to that.
final class BlockStage: @unchecked Sendable {
  private let program: BlockProgram
  private let segments: Range<Int>
  private let memory: BlockMemory
  /// Computes a segment of blocks of common tokens; nil where there is no code, or it could not be used.
  private let code: (block: CompiledCode.Block, layout: BlockCodeLayout)?
  /// Who watches.
  private let sampler: PartSampler?
  /// What it takes to withdraw positions; nil when nobody will.
  private(set) var journal: BlockJournal?
  /// The hull whose index could not go on; what comes after it cannot be relied on.
  private(set) var refusedHull: Int?

  init(
    _ program: BlockProgram, segments: Range<Int>, _ memory: BlockMemory, code: CompiledCode.Block?, keepsJournal: Bool,
    sampler: PartSampler? = nil
  ) {
    self.program = program
    self.segments = segments
    self.memory = memory
    self.code = code.flatMap { code in program.code.map { (code, $0) } }
    self.sampler = sampler
    journal = keepsJournal ? BlockJournal(program, levels: Self.levels(program, segments)) : nil
  }

  private static func levels(_ program: BlockProgram, _ segments: Range<Int>) -> Range<Int> {
    let segments = program.segments[segments]
    return (segments.first?.lowerBound ?? 0)..<(segments.last?.upperBound ?? 0)
  }

  var isFirst: Bool { segments.lowerBound == 0 }
  var isLast: Bool { segments.upperBound == program.segments.count }

  /// Computes a block. False when an index could not go on.
  ///
  /// - Parameters:
  ///   - rows: Where the stages before have left what they computed, as many as the program's `blockRowCount`.
  ///   - predictions: Room for the token after each position, where this is the last stage and somebody asks.
  func run(_ span: BlockSpan, _ rows: BlockRows.Handle, _ predictions: UnsafeMutablePointer<Int32>?) -> Bool {
    journal?.mark(span, memory)
    if covers(span), let code {
      refusedHull = run(code.block, code.layout, span, rows, predictions)
    } else {
      refusedHull = compute(span, rows, predictions)
    }
    return refusedHull == nil
  }

  /// Whether a block is computed by the code. All stages come to the same answer.
  func covers(_ span: BlockSpan) -> Bool {
    code?.layout.covers(span, memory.history.tokens) == true
  }

  /// Lets go of what it takes to withdraw positions before a given one.
  func forget(before position: Int) {
    journal?.forget(before: position)
  }

  private func compute(
    _ span: BlockSpan, _ rows: BlockRows.Handle, _ predictions: UnsafeMutablePointer<Int32>?
  ) -> Int? {
    if isFirst { program.embed(span, rows, memory.history) }
    let levels = Self.levels(program, segments)
    if let hull = program.run(levels, span, rows, memory, &journal) { return hull }
    if let predictions { program.predict(span, rows, into: predictions) }
    return nil
  }

  private func run(
    _ code: CompiledCode.Block, _ layout: BlockCodeLayout, _ span: BlockSpan, _ rows: BlockRows.Handle,
    _ predictions: UnsafeMutablePointer<Int32>?
  ) -> Int? {
    sampler?.enter(BlockProfile.Part.embedding.rawValue)
    if isFirst, let row = layout.inverseLogRow { span.fillRecency(rows[row]) }
    var frame = frame(span, rows, predictions)
    for segment in segments {
      let outcome = code(memory.state, &frame, segment)
      if outcome > 0 { return outcome - 1 }
    }
    journal?.log.noteWritten(upTo: frame.changeCount)
    return nil
  }

  private func frame(
    _ span: BlockSpan, _ rows: BlockRows.Handle, _ predictions: UnsafeMutablePointer<Int32>?
  ) -> BlockFrame {
    var frame = BlockFrame(rows: rows[0], first: span.first, count: span.count, predictions: predictions)
    if let log = journal?.log { (frame.changes, frame.changeCount) = (log.changes, log.count) }
    guard let sampler else { return frame }
    // It outlives the frame, as the stage does.
    frame.sampler = Unmanaged.passUnretained(sampler).toOpaque()
    frame.enter = { sampler, part in
      guard let sampler else { return }
      Unmanaged<PartSampler>.fromOpaque(sampler).takeUnretainedValue().enter(part)
    }
    return frame
  }
}
