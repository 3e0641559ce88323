/// Some of a program's segments, computed by one thread.
///
/// It is unchecked for `Sendable` because only that thread uses it until it is done.
final class BlockStage: @unchecked Sendable {
  private let program: BlockProgram
  private let segments: Range<Int>
  private let rows: BlockRows
  private let memory: BlockMemory
  /// Computes a segment of blocks of common tokens; nil where there is no code, or it could not be used.
  private let code: (block: CompiledCode.Block, layout: BlockCodeLayout)?
  private var frame: BlockFrame
  /// Who watches; the frame has its address.
  private let sampler: PartSampler?
  /// The rows that are received and handed over: for blocks that the code does not cover, and for those that it does.
  private var rowsIn: [[Int]] = []
  private var rowsOut: [[Int]] = []
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
    rows = BlockRows(rowCount: max(program.rowCount, program.code?.rowCount ?? 0))
    frame = BlockFrame(rows: rows.handle[0])
    self.sampler = sampler
    if let sampler {
      frame.sampler = Unmanaged.passUnretained(sampler).toOpaque()
      frame.enter = { sampler, part in
        guard let sampler else { return }
        Unmanaged<PartSampler>.fromOpaque(sampler).takeUnretainedValue().enter(part)
      }
    }
    rowsIn = [false, true].map { rowsLive(at: segments.lowerBound, isCovered: $0) }
    rowsOut = [false, true].map { rowsLive(at: segments.upperBound, isCovered: $0) }
    journal = keepsJournal ? BlockJournal(program, levels: Self.levels(program, segments)) : nil
  }

  private static func levels(_ program: BlockProgram, _ segments: Range<Int>) -> Range<Int> {
    let segments = program.segments[segments]
    return (segments.first?.lowerBound ?? 0)..<(segments.last?.upperBound ?? 0)
  }

  var isFirst: Bool { segments.lowerBound == 0 }
  var isLast: Bool { segments.upperBound == program.segments.count }

  /// The rows at a segment's beginning that are handed over, for blocks of common tokens and for others.
  private func rowsLive(at segment: Int, isCovered: Bool) -> [Int] {
    if segment == 0 || segment == program.segments.count { return [] }
    if isCovered, let code { return code.layout.rowsLive(at: segment) }
    return program.rowsLive(at: program.segments[segment].lowerBound)
  }

  /// How many rows the stage before hands over at most.
  var receivedRowCount: Int {
    max(
      rowsLive(at: segments.lowerBound, isCovered: true).count,
      rowsLive(at: segments.lowerBound, isCovered: false).count)
  }

  /// Computes a block. False when an index could not go on.
  ///
  /// - Parameters:
  ///   - received: The rows that the stage before hands over.
  ///   - handedOver: Room for those that the next stage needs.
  ///   - predictions: Room for the token after each position, where this is the last stage and somebody asks.
  func run(
    _ span: BlockSpan, from received: RowTransfer?, to handedOver: RowTransfer?,
    _ predictions: UnsafeMutablePointer<Int32>?
  ) -> Bool {
    journal?.mark(span, memory)
    let isCovered = covers(span)
    received?.put(rowsIn[isCovered ? 1 : 0], into: rows.handle, span)
    if isCovered, let code {
      refusedHull = run(code.block, code.layout, span, predictions)
    } else {
      refusedHull = run(span, predictions)
    }
    guard refusedHull == nil else { return false }
    handedOver?.take(rowsOut[isCovered ? 1 : 0], from: rows.handle, span)
    return true
  }

  /// Whether a block is computed by the code. All stages come to the same answer.
  func covers(_ span: BlockSpan) -> Bool {
    code?.layout.covers(span, memory.history.tokens) == true
  }

  /// Lets go of what it takes to withdraw positions before a given one.
  func forget(before position: Int) {
    journal?.forget(before: position)
  }

  private func run(_ span: BlockSpan, _ predictions: UnsafeMutablePointer<Int32>?) -> Int? {
    let handle = rows.handle
    if isFirst { program.embed(span, handle, memory.history) }
    let levels = Self.levels(program, segments)
    if let hull = program.run(levels, span, handle, memory, &journal) { return hull }
    if let predictions { program.predict(span, handle, into: predictions) }
    return nil
  }

  private func run(
    _ code: CompiledCode.Block, _ layout: BlockCodeLayout, _ span: BlockSpan,
    _ predictions: UnsafeMutablePointer<Int32>?
  ) -> Int? {
    sampler?.enter(BlockProfile.Part.embedding.rawValue)
    if isFirst, let row = layout.inverseLogRow { span.fillRecency(rows.handle[row]) }
    frame.first = span.first
    frame.count = span.count
    frame.predictions = predictions
    frame.changes = journal?.log.changes
    frame.changeCount = journal?.log.count ?? 0
    for segment in segments {
      let outcome = code(memory.state, &frame, segment)
      if outcome > 0 { return outcome - 1 }
    }
    journal?.log.noteWritten(upTo: frame.changeCount)
    return nil
  }
}

/// Rows on their way from one stage to the next.
struct RowTransfer {
  /// Room for one block.
  let place: UnsafeMutablePointer<Double>  // [rows, width]

  func take(_ rows: [Int], from handle: BlockRows.Handle, _ span: BlockSpan) {
    for (index, row) in rows.enumerated() {
      (place + index * BlockRows.width).update(from: handle[row], count: span.count)
    }
  }

  func put(_ rows: [Int], into handle: BlockRows.Handle, _ span: BlockSpan) {
    for (index, row) in rows.enumerated() {
      handle[row].update(from: place + index * BlockRows.width, count: span.count)
    }
  }
}
