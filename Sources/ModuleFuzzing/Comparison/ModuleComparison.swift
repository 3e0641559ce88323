package import InstructionSet
package import ModuleExecution
import ProgramCompiler
import Reference

/// Compares what a machine does with modules with what another says.
package struct ModuleComparison {
  /// Who says what is right.
  package enum Oracle {
    /// Another implementation of WebAssembly: results and traps of the calls.
    case node(NodeProcess)
    /// The reference interpreter: every token.
    case reference
  }

  package let oracle: Oracle
  /// Makes the machine that is judged, behind a program's prompt.
  package let machine: (FullProgram) throws -> any TraceMachine
  /// How many tokens a case may take.
  package let limit: Int

  /// How many modules node gets at once.
  package static let batchCount = 50

  package init(
    _ oracle: Oracle, limit: Int = 2_000_000, machine: @escaping (FullProgram) throws -> any TraceMachine
  ) {
    self.oracle = oracle
    self.machine = machine
    self.limit = limit
  }

  /// Judges cases, in their order.
  ///
  /// - Throws: ``FuzzingError`` when node gives no answer; what keeps a machine from being made.
  package func verdicts(on cases: [ModuleCase]) throws -> [ModuleVerdict] {
    switch oracle {
    case .reference: try cases.map { try verdict(on: $0) }
    case .node(let node): try verdicts(on: cases, by: node)
    }
  }

  /// The reference interpreter's tokens, and then the machine's.
  private func verdict(on subject: ModuleCase) throws -> ModuleVerdict {
    let prepared = PreparedModule(subject.module)
    guard let compiled = prepared.compiled else { return prepared.refused }
    let expected = ModuleRun(
      subject.calls, of: compiled, on: FullReferenceInterpreter(compiled.program), limit: limit, keepsTokens: true)
    if let failure = expected.failure {
      return ModuleVerdict(ModuleDifference(.failure, expected: "an end", found: failure))
    }
    // What differs may go on for long; a little further than the other one went is enough.
    let found = ModuleRun(
      subject.calls, of: compiled, on: try machine(compiled.program), limit: expected.tokenCount + 64, keepsTokens: true
    )
    let isWhole = expected.outcomes.last != .stoppedAtLimit
    let written = isWhole ? found.tokens : Array(found.tokens.prefix(expected.tokens.count))
    let difference = TokenDifference(expected.tokens, written).map { difference in
      ModuleDifference(
        .token, expected: difference.expected, found: difference.found,
        position: compiled.program.prompt.count + difference.index)
    }
    let failure = found.failure.map { ModuleDifference(.failure, expected: "an end", found: $0) }
    return ModuleVerdict(difference ?? failure, tokenCount: found.tokenCount, outcomes: found.outcomes)
  }

  private func verdicts(on cases: [ModuleCase], by node: NodeProcess) throws -> [ModuleVerdict] {
    let prepared = cases.map { PreparedModule($0.module) }
    let answers = try node.verdicts(on: zip(prepared, cases).map { ($0.bytes, $1) })
    return try zip(zip(prepared, cases), answers).map { subject, answer in
      try verdict(on: subject.0, subject.1, answer)
    }
  }

  private func verdict(
    on prepared: PreparedModule, _ subject: ModuleCase, _ answer: NodeVerdict
  ) throws -> ModuleVerdict {
    guard prepared.isValid == answer.isValid else {
      return ModuleVerdict(
        ModuleDifference(
          .validity, expected: answer.isValid ? "a valid module" : "an invalid module",
          found: prepared.refusal ?? "a valid one"))
    }
    guard let compiled = prepared.compiled else { return prepared.refused }
    let run = ModuleRun(
      subject.calls, of: compiled, on: try machine(compiled.program), limit: limit, keepsTokens: false)
    let difference = zip(run.outcomes, answer.outcomes).enumerated().first { pair in
      let (own, other) = pair.element
      return own.mayBeFollowed && other != .exhausted && !other.agrees(with: own)
    }.map { index, pair in
      ModuleDifference(.outcome, call: index == 0 ? nil : index - 1, expected: pair.1.text, found: pair.0.text)
    }
    let failure = run.failure.map { ModuleDifference(.failure, expected: "an end", found: $0) }
    return ModuleVerdict(difference ?? failure, tokenCount: run.tokenCount, outcomes: run.outcomes)
  }
}

extension ModuleComparison {
  /// How the oracle says that instantiation and calls end.
  ///
  /// - Throws: ``FuzzingError`` when node gives no answer.
  func expectedOutcomes(of subject: ModuleCase) throws(FuzzingError) -> [ExpectedOutcome] {
    let prepared = PreparedModule(subject.module)
    switch oracle {
    case .node(let node):
      return try node.verdicts(on: [(prepared.bytes, subject)]).flatMap(\.outcomes).map { ExpectedOutcome($0) }
    case .reference:
      guard let compiled = prepared.compiled else { return [] }
      return ModuleRun(
        subject.calls, of: compiled, on: FullReferenceInterpreter(compiled.program), limit: limit, keepsTokens: false
      ).outcomes.map { ExpectedOutcome($0) }
    }
  }
}

extension PreparedModule {
  /// A module that was generated to be valid, and is not, or is not compiled.
  fileprivate var refused: ModuleVerdict {
    ModuleVerdict(
      ModuleDifference(isValid ? .compilation : .validity, expected: "a program", found: refusal ?? "none"))
  }
}
