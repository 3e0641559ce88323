public import Transformer

/// Where the time goes when known tokens are computed in blocks, by one thread.
///
/// Another thread looks again and again at what the first is at, which costs that one next to nothing.
public struct BlockProfile: Sendable {
  /// A part of the work.
  public enum Part: Int, CaseIterable, Hashable, Sendable {
    case embedding
    /// Sums of products and neurons: all rows of all projections.
    case rows
    /// Numbers that gathering heads will want.
    case history
    /// Running means, and other heads whose keys are on a line.
    case lineHeads
    case gatherHeads
    case lookupHeads
    case outputHead

    /// What it is called in reports.
    public var name: String {
      switch self {
      case .embedding: "embedding"
      case .rows: "projections and neurons"
      case .history: "history"
      case .lineHeads: "running mean and line heads"
      case .gatherHeads: "gather heads"
      case .lookupHeads: "integer key and hull heads"
      case .outputHead: "output head"
      }
    }
  }

  /// So many that a share is right to a percent.
  private static let wantedSamples = 3000
  private static let greatestPassCount = 1000

  /// How often each part was seen.
  public private(set) var samples: [Part: Int] = [:]

  /// A part's share of the time, 0 to 1.
  public func share(of part: Part) -> Double {
    let total = samples.values.reduce(0, +)
    return total > 0 ? Double(samples[part] ?? 0) / Double(total) : 0
  }

  /// Whether compiled code was watched.
  public private(set) var isCompiled = false

  /// Computes all positions of a trace, as often as it takes, and watches.
  ///
  /// - Parameter cache: Where compiled code is kept; nil to watch the interpreted plan. The plan is watched, too, when there is no code.
  /// - Throws: `EngineError` at the first token that is not in the vocabulary or for which there is no position.
  public init(of model: TransformerModel, reading tokens: [Int32], cache: CodeCache? = nil) throws(EngineError) {
    let planned = PlannedModel(model)
    let compiled = cache.flatMap { try? CompiledCode(of: planned, cache: $0) }
    let code = compiled?.block
    isCompiled = code != nil
    // The code is there for as long as its owner.
    defer { withExtendedLifetime(compiled) {} }
    try PlannedRun(planned).check(tokens)
    var needHull: Set<Int> = []
    // The first pass finds the hulls that it takes and warms the caches.
    var isWarm = false
    for _ in 0..<Self.greatestPassCount where samples.values.reduce(0, +) < Self.wantedSamples {
      let work = ProfiledWork(planned, tokens, code, needHull: needHull)
      let counts = work.sampler.samples(during: work.run)
      if let hull = work.refusedHull {
        needHull.insert(hull)
      } else if isWarm {
        for (part, count) in zip(Part.allCases, counts) { samples[part, default: 0] += count }
      }
      isWarm = work.refusedHull == nil
    }
  }
}

/// One pass over all positions that tells a sampler where it is.
private final class ProfiledWork {
  let sampler = PartSampler(partCount: BlockProfile.Part.allCases.count)
  /// The hull whose index could not go on.
  private(set) var refusedHull: Int?
  private let program: BlockProgram
  private let memory: RunMemory
  private let count: Int
  private let code: CompiledCode.Block?

  init(_ model: PlannedModel, _ tokens: [Int32], _ code: CompiledCode.Block?, needHull: Set<Int>) {
    program = model.blocks
    self.code = code
    memory = RunMemory(model, needHull: needHull)
    count = tokens.count
    memory.reserve(count, holding: 0)
    tokens.withUnsafeBufferPointer { tokens in
      guard let first = tokens.baseAddress else { return }
      memory.state.pointee.tokens.update(from: first, count: count)
    }
  }

  func run() {
    let rows = BlockRows(rowCount: program.blockRowCount)
    var predictions = [Int32](repeating: 0, count: BlockRows.width)
    memory.withBlockMemory { memory in
      let stage = BlockStage(
        program, segments: program.segments.indices, memory, code: memory.hasIndexesOnly ? code : nil,
        keepsJournal: false, sampler: sampler)
      for first in stride(from: 0, to: count, by: BlockRows.width) where refusedHull == nil {
        let span = BlockSpan(first: first, count: min(BlockRows.width, count - first))
        if stage.covers(span) {
          predictions.withUnsafeMutableBufferPointer { _ = stage.run(span, rows.handle, $0.baseAddress) }
          refusedHull = stage.refusedHull
          continue
        }
        enter(.embedding)
        program.embed(span, rows.handle, memory.history)
        for level in program.levels where refusedHull == nil { run(level, span, rows.handle, memory) }
        enter(.outputHead)
        predictions.withUnsafeMutableBufferPointer { buffer in
          if let place = buffer.baseAddress { program.predict(span, rows.handle, into: place) }
        }
      }
    }
  }

  private func run(_ level: BlockProgram.Level, _ span: BlockSpan, _ rows: BlockRows.Handle, _ memory: BlockMemory) {
    enter(.rows)
    program.compute(level, span, rows)
    enter(.history)
    for column in program.columns[level.columns] { memory.remember(rows[column.row], span, column: column.column) }
    enter(.lineHeads)
    for line in program.lines[level.lines] { memory.attend(line, span, rows) }
    enter(.gatherHeads)
    for gather in program.gathers[level.gathers] { memory.attend(gather, span, rows) }
    enter(.lookupHeads)
    var journal: BlockJournal?
    for lookup in program.lookups[level.lookups] where refusedHull == nil {
      if !memory.attend(lookup, program.searches[lookup.searches], span, rows, &journal) { refusedHull = lookup.hull }
    }
  }

  @inline(__always)
  private func enter(_ part: BlockProfile.Part) {
    sampler.enter(part.rawValue)
  }
}
