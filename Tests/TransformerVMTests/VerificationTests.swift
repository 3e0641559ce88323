import InstructionSet
import ProgramGenerator
import Testing
import TransformerVM

@Suite struct VerificationTests {
  private static func executor(_ engine: EngineChoice = .plan) throws -> Executor {
    try Machines.universalExecutor(engine)
  }

  private static func trace(_ program: Program, on executor: Executor) throws -> TokenTrace {
    try TokenTrace(of: .base(program), vocabulary: executor.vocabulary)
  }

  @Test(arguments: ExampleTests.names)
  func everyPositionOfAnExampleIsRight(_ name: String) throws {
    let executor = try Self.executor()
    let trace = try Self.trace(ExampleTests.program(name), on: executor)
    let verification = try TraceVerification(of: trace, on: executor)
    #expect(verification.difference == nil, "\(verification.difference?.description ?? "")")
    #expect(verification.comparedCount == trace.ids.count - trace.promptCount)
  }

  @Test func everyEngineVerifies() throws {
    let machine = try Pipeline.universalMachine()
    let executors = [
      try Self.executor(.dense), try Self.executor(.automatic), Executor(machine: machine),
    ]
    for executor in executors {
      let trace = try Self.trace(ExampleTests.program("hello"), on: executor)
      let verification = try TraceVerification(of: trace, on: executor)
      #expect(verification.difference == nil, "\(executor.name)")
      #expect(verification.comparedCount == trace.ids.count - trace.promptCount, "\(executor.name)")
    }
  }

  /// A changed token is the first difference, wherever it stands.
  @Test func theFirstDifferenceIsFound() throws {
    let executor = try Self.executor()
    let trace = try Self.trace(ExampleTests.program("collatz"), on: executor)
    var random = RandomSource(seed: 11)
    let places =
      [trace.promptCount, trace.promptCount + 1, trace.ids.count - 1]
      + (0..<12).map { _ in random.number(in: trace.promptCount...trace.ids.count - 1) }
    for place in places {
      let right = trace.ids[place]
      let wrong = Int32((Int(right) + random.number(in: 1...800)) % executor.vocabulary.count)
      var changed = try TokenTrace(
        prompt: executor.vocabulary.ids(of: ExampleTests.program("collatz").prompt), vocabulary: executor.vocabulary)
      for (position, id) in trace.ids.enumerated().dropFirst(trace.promptCount) {
        changed.append(position == place ? wrong : id)
      }
      let difference = try #require(try TraceVerification(of: changed, on: executor).difference, "place \(place)")
      #expect(difference.position == place)
      #expect(difference.expected == trace.text(of: wrong))
      #expect(difference.predicted == trace.text(of: right))
      #expect(difference.description.contains("generated token \(place - trace.promptCount)"))
    }
  }

  @Test func shortTracesAreVerifiedAsFarAsTheyGo() throws {
    let executor = try Self.executor()
    let program = try ExampleTests.program("hello")
    let full = try Self.trace(program, on: executor)
    for count in [0, 1, 2, 33] {
      let trace = try TokenTrace(of: .base(program), vocabulary: executor.vocabulary, maximumTokens: count)
      #expect(trace.ids == Array(full.ids[..<(full.promptCount + count)]))
      let verification = try TraceVerification(of: trace, on: executor)
      #expect(verification.difference == nil)
      #expect(verification.comparedCount == count)
    }
  }

  @Test func tracesAreReadFromText() throws {
    let vocabulary = MachineVocabulary(Vocabulary(.universal))
    let program = try ExampleTests.program("hello")
    let trace = try TokenTrace(of: .base(program), vocabulary: vocabulary)
    let words = trace.ids.map { trace.text(of: $0) }
    for separator in [" ", "\n", "\r\n", " \t "] {
      let text = words.joined(separator: separator).utf8
      #expect(
        try TokenTrace(text: text, prompt: vocabulary.ids(of: program.prompt), vocabulary: vocabulary).ids == trace.ids)
    }
    func message(_ words: [String]) -> String? {
      do throws(VirtualMachineError) {
        _ = try TokenTrace(
          text: words.joined(separator: " ").utf8, prompt: vocabulary.ids(of: program.prompt), vocabulary: vocabulary,
          file: "t")
        return nil
      } catch {
        return error.description
      }
    }
    #expect(message([])?.contains("t: expected the program's prompt") == true)
    #expect(message(Array(words[..<3]))?.contains("found 3") == true)
    #expect(message(words + ["nonsense"])?.contains("word \(words.count + 1): expected a token") == true)
    #expect(
      message(["}"] + words.dropFirst())?.contains("word 1: expected the program's prompt, '{', found '}'") == true)
  }
}
