/// Runs of one program with many inputs. What their prompts have in common, the program, is computed once.
///
/// ```swift
/// let runs = try ForkedRuns(of: program, on: executor)
/// for input in ["27", "97"] { print(try runs.run(input: Array(input.utf8)).output) }
/// ```
public struct ForkedRuns {
  private let program: MachineProgram
  private let vocabulary: MachineVocabulary
  private let trunk: any TokenPredictor
  /// How many tokens the trunk has read.
  private let readCount: Int

  /// Reads the program.
  ///
  /// - Throws: ``VirtualMachineError`` when the executor's vocabulary lacks a token of it, or when the engine can read no more.
  public init(of program: MachineProgram, on executor: Executor) throws(VirtualMachineError) {
    self.program = program
    let vocabulary = executor.vocabulary
    self.vocabulary = vocabulary
    let prompt = try program.prompt(for: vocabulary)
    // Where the prompts for two inputs part; one token is left for the run to go on from.
    let others = try program.takesInput ? [[], [0x21]].map(program.with(input:)) : []
    let common =
      try others.map { (other) throws(VirtualMachineError) in
        zip(prompt, try other.prompt(for: vocabulary)).prefix { $0 == $1 }.count
      }.min() ?? prompt.count
    readCount = max(0, min(common, prompt.count - 1))
    var predictor = executor.makePredictor()
    do {
      if readCount > 0 { _ = try predictor.predict(after: prompt[..<readCount].map(Int.init)) }
    } catch {
      throw VirtualMachineError("\(error)")
    }
    predictor.freeze()
    trunk = predictor
  }

  /// Executes the program with an input.
  ///
  /// - Parameters:
  ///   - maximumTokens: how many tokens to generate at most.
  ///   - observe: called with each slice of new tokens; returns how many of them to keep. Generation ends where it keeps
  ///     fewer than it was given.
  /// - Throws: ``VirtualMachineError`` when the program takes no such input, or when the engine can read no more.
  public func run(
    input: [UInt8], host: RunHost = RunHost(), maximumTokens: Int = .max,
    observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int = { ids, _ in ids.count }
  ) throws(VirtualMachineError) -> ProgramRun {
    try ProgramRun(
      try program.with(input: input).prompt(for: vocabulary), vocabulary: vocabulary, predictor: trunk,
      readCount: readCount, host: host, maximumTokens: maximumTokens, observe: observe)
  }
}
