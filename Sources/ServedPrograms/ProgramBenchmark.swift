import ModuleExecution
import TransformerVM

/// Many inputs of one program, served, against runs in the same process that each read the program themselves.
package struct ProgramBenchmark: Sendable {
  /// What one round took, and the tokens that both ways have written.
  package struct Round: Codable, Hashable, Sendable {
    package var servedSeconds: Double
    package var separateSeconds: Double
    /// Tokens behind the prompts.
    package var generatedTokens: Int
  }

  package let program: ServedProgram
  package let inputs: [[UInt8]]
  private let configuration: ProgramServingConfiguration
  private let clock = ContinuousClock()

  package init(
    _ program: ServedProgram, inputs: [[UInt8]],
    _ configuration: ProgramServingConfiguration = ProgramServingConfiguration()
  ) {
    self.program = program
    self.inputs = inputs
    self.configuration = configuration
  }

  /// Tokens of the program and an empty input.
  package var promptTokens: Int { program.prefix.count + ((try? program.rest(of: []).count) ?? 0) }

  /// One round of each, the one after the other. A server is new in each round, so that it reads the program.
  ///
  /// - Throws: what either throws, and an error when the two have not printed the same.
  package func round() async throws -> Round {
    var start = clock.now
    let served = try await serve()
    let servedTime = clock.now - start
    start = clock.now
    let separate = try inputs.map { try runAlone($0) }
    let separateTime = clock.now - start
    guard served.map(\.output) == separate.map(\.output) else {
      throw ProgramServingError(.failed, "what is served is not what the program prints")
    }
    return Round(
      servedSeconds: servedTime / .seconds(1), separateSeconds: separateTime / .seconds(1),
      generatedTokens: separate.reduce(0) { $0 + $1.generated.count })
  }

  /// All inputs at once, by a server of their own.
  private func serve() async throws -> [(output: [UInt8], report: ProgramReport?)] {
    let server = try ProgramServer(configuration)
    return try await withThrowingTaskGroup(of: (Int, [UInt8], ProgramReport?).self) { group in
      for (number, input) in inputs.enumerated() {
        group.addTask {
          var (output, report) = ([UInt8](), ProgramReport?.none)
          for try await part in try await server.run(ProgramRequest(program, input: input)) {
            switch part {
            case .output(let bytes): output += bytes
            case .end(let end): report = end
            case .errorOutput, .trace: break
            }
          }
          return (number, output, report)
        }
      }
      var answers = inputs.map { _ in (output: [UInt8](), report: ProgramReport?.none) }
      for try await (number, output, report) in group { answers[number] = (output, report) }
      return answers
    }
  }

  private func runAlone(_ input: [UInt8]) throws -> ProgramRun {
    let request = ProgramRequest(program, input: input)
    return try ProgramRun(
      prompt: (program.prefix + program.rest(of: input)).map(Int32.init), on: program.executor,
      host: RunHost(request.environment), maximumTokens: configuration.maximumTokens)
  }
}

/// What a run takes that goes on from a program that was read, by whether the program's caches were frozen.
package struct ForkMeasurement: Codable, Hashable, Sendable {
  package var promptTokens: Int
  /// Bytes that the engine remembers of the program.
  package var programBytes: Int
  /// Bytes of a fork that has read one token.
  package var forkBytes: Int
  package var copyBytes: Int
  /// From copying the engine until it has read one token.
  package var forkSeconds: Double
  package var copySeconds: Double

  /// Measures forks and copies in turns: the medians of so many.
  ///
  /// - Throws: when the engine cannot read the program.
  package init(of program: ServedProgram, count: Int) throws {
    var trunk = program.executor.makePredictor()
    let prompt = try program.prefix + program.rest(of: [])
    _ = try trunk.predict(after: Array(prompt.dropLast()))
    promptTokens = prompt.count
    programBytes = trunk.ownByteCount ?? 0
    var frozen = trunk
    frozen.freeze()
    let last = prompt[prompt.count - 1]
    var (forks, copies): ([Double], [Double]) = ([], [])
    (forkBytes, copyBytes) = (0, 0)
    for _ in 0..<max(count, 1) {
      let fork = try Self.measure(frozen, last)
      let copy = try Self.measure(trunk, last)
      forks.append(fork.seconds)
      copies.append(copy.seconds)
      (forkBytes, copyBytes) = (fork.bytes, copy.bytes)
    }
    forkSeconds = forks.sorted()[forks.count / 2]
    copySeconds = copies.sorted()[copies.count / 2]
  }

  private static func measure(_ trunk: any TokenPredictor, _ token: Int) throws -> (seconds: Double, bytes: Int) {
    let clock = ContinuousClock()
    let start = clock.now
    var fork = trunk
    _ = try fork.predict(after: token)
    return ((clock.now - start) / .seconds(1), fork.ownByteCount ?? 0)
  }
}
