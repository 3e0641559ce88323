public import Engine
public import Transformer

/// Programs run in several engines in turn, again and again, so that what disturbs the machine disturbs all of them alike.
public struct Benchmark: Sendable {
  /// What is measured.
  public enum Subject: Hashable, Sendable {
    /// Generation by an engine.
    case engine(EngineChoice)
    /// Generation by the fastest engine, drafted by the reference interpreter.
    case draft
    /// Verification of the known trace, every position.
    case verification

    /// The name in reports.
    public var name: String {
      switch self {
      case .engine(let choice): choice.rawValue
      case .draft: "draft"
      case .verification: "verify"
      }
    }
  }

  /// The rates of one subject on one program.
  public struct Result: Codable, Hashable, Sendable {
    public let program: String
    public let subject: String
    /// Prompt and generated tokens of a run.
    public let tokens: Int
    /// Tokens a second of each run, in the order of the rounds.
    public internal(set) var rates: [Double] = []

    /// The median of the rates.
    public var median: Double { Self.median(rates) }

    /// The value in the middle, the mean of two where the count is even; 0 of none.
    package static func median(_ values: [Double]) -> Double {
      guard !values.isEmpty else { return 0 }
      let sorted = values.sorted()
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
  }

  /// For every program, each subject's result, in the order asked for.
  public private(set) var results: [Result] = []

  /// Measures.
  ///
  /// - Parameters:
  ///   - programs: names and programs.
  ///   - rounds: how often each subject runs each program.
  ///   - progress: told what runs next.
  /// - Throws: ``VirtualMachineError`` when a run fails or its tokens are not the reference interpreter's.
  public init(
    _ programs: [(name: String, program: MachineProgram)], model: TransformerModel, subjects: [Subject], rounds: Int,
    progress: (String) -> Void = { _ in }
  ) throws(VirtualMachineError) {
    for (name, program) in programs {
      let vocabulary = try Executor(model: model, engine: .plan).vocabulary
      let trace = try TokenTrace(of: program, vocabulary: vocabulary, host: program.host)
      var measured = subjects.map { Result(program: name, subject: $0.name, tokens: trace.ids.count) }
      for round in 0..<rounds {
        for (index, subject) in subjects.enumerated() {
          progress("\(name), round \(round + 1) of \(rounds), \(subject.name)")
          let seconds = try Self.seconds(subject, trace, program, model)
          measured[index].rates.append(Double(trace.ids.count) / max(seconds, .leastNormalMagnitude))
        }
      }
      results += measured
    }
  }

  private static func seconds(
    _ subject: Subject, _ trace: TokenTrace, _ program: MachineProgram, _ model: TransformerModel
  ) throws(VirtualMachineError) -> Double {
    switch subject {
    case .verification:
      let verification = try TraceVerification(of: trace, on: Executor(model: model, engine: .automatic))
      if let difference = verification.difference { throw VirtualMachineError("\(difference)") }
      try Self.refuse(verification.warning)
      return verification.seconds
    case .draft:
      let run = try ProgramRun(
        drafting: program, on: Executor(model: model, engine: .automatic), host: program.host)
      try Self.refuse(run.warning)
      return try seconds(run, subject, trace)
    case .engine(let choice):
      let run = try ProgramRun(program, on: Executor(model: model, engine: choice), host: program.host)
      if choice == .compiled || choice == .encoded { try Self.refuse(run.warning) }
      return try seconds(run, subject, trace)
    }
  }

  /// Whoever asks for code is not told the speed of something else.
  static func refuse(_ warning: String?) throws(VirtualMachineError) {
    if let warning { throw VirtualMachineError("not measured: \(warning)") }
  }

  /// What a run took, provided that it is right.
  private static func seconds(
    _ run: ProgramRun, _ subject: Subject, _ trace: TokenTrace
  ) throws(VirtualMachineError) -> Double {
    guard run.generated.elementsEqual(trace.ids.dropFirst(trace.promptCount), by: { Int32($0) == $1 }) else {
      throw VirtualMachineError("the tokens of \(subject.name) are not the reference interpreter's")
    }
    return run.seconds
  }
}
