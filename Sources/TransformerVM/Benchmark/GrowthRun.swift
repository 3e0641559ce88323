public import Engine
public import InstructionSet
public import Transformer

/// A long run, measured on the way: what a token costs as the run grows, in time and in memory.
public struct GrowthRun: Sendable {
  /// Programs without an end.
  public enum Subject: String, CaseIterable, Codable, Hashable, Sendable {
    /// Counts in a local variable.
    case loop
    /// Writes a word to the next address again and again.
    case writer

    /// The program.
    public var program: Program {
      get throws(ProgramError) {
        let count: [Instruction] = [.init(.localGet, 0), .init(.const, 4), .init(.add), .init(.localSet, 0)]
        let write: [Instruction] = [.init(.localGet, 0), .init(.localGet, 0), .init(.store, 0)]
        let body = (self == .writer ? write : []) + count
        // A branch counts from the instruction behind it.
        let back = UInt32(bitPattern: Int32(-(body.count + 1)))
        return try Program(instructions: [.init(.const, 0), .init(.localSet, 0)] + body + [.init(.br, back)])
      }
    }
  }

  /// The state of the run after a number of tokens.
  public struct Point: Codable, Hashable, Sendable {
    public let tokens: Int
    /// Tokens a second since the point before.
    public let tokensPerSecond: Double
    /// Resident bytes above those before the first token, over all tokens.
    public let bytesPerToken: Double

    private enum CodingKeys: String, CodingKey {
      case tokens
      case tokensPerSecond = "tokens_per_second"
      case bytesPerToken = "bytes_per_token"
    }
  }

  public private(set) var points: [Point] = []

  /// Runs a program for a number of tokens, measuring at 10,000, 20,000, 50,000, 100,000 and so on.
  ///
  /// - Throws: ``VirtualMachineError`` when the engine can read no more.
  public init(
    _ subject: Subject, model: TransformerModel, engine: EngineChoice, tokens: Int,
    progress: (Int) -> Void = { _ in }
  ) throws(VirtualMachineError) {
    do {
      let executor = try Executor(model: model, engine: engine)
      let prompt = try executor.vocabulary.ids(of: subject.program.prompt)
      try run(executor.makePredictor(), prompt: prompt.map(Int.init), tokens: tokens, progress: progress)
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  private mutating func run<Predictor: TokenPredictor>(
    _ predictor: Predictor, prompt: [Int], tokens: Int, progress: (Int) -> Void
  ) throws {
    var predictor = predictor
    let before = ResidentMemory.bytes
    let clock = ContinuousClock()
    var start = clock.now
    var next = try predictor.predict(after: prompt)
    var count = prompt.count
    for milestone in Self.milestones(upTo: tokens) where milestone > count {
      let first = count
      while count < milestone {
        let slice = try predictor.generate(
          after: next, limit: min(predictor.sliceLength, milestone - count), stops: [])
        count += slice.count
        next = slice.last.map(Int.init) ?? next
      }
      let seconds = (clock.now - start) / .seconds(1)
      try Benchmark.refuse(predictor.warning)
      points.append(
        Point(
          tokens: count, tokensPerSecond: Double(count - first) / max(seconds, .leastNormalMagnitude),
          bytesPerToken: Double(max(0, ResidentMemory.bytes - before)) / Double(count)))
      progress(count)
      start = clock.now
    }
  }

  /// 1, 2 and 5 times the powers of ten from 10,000, then the end.
  private static func milestones(upTo end: Int) -> [Int] {
    var milestones: [Int] = []
    var power = 10_000
    while power < end {
      milestones += [power, 2 * power, 5 * power].filter { $0 < end }
      let (next, overflow) = power.multipliedReportingOverflow(by: 10)
      if overflow { break }
      power = next
    }
    return milestones + [end]
  }
}
