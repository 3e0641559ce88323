public import InstructionSet

/// Runs of one program with many inputs. What their prompts have in common, the program, is computed once.
///
/// ```swift
/// let runs = try ForkedRuns(of: program, on: executor)
/// for input in ["27", "97"] { print(try runs.run(input: Array(input.utf8)).output) }
/// ```
public struct ForkedRuns {
  private let program: Program
  private let vocabulary: Vocabulary
  private let trunk: any TokenPredictor
  /// How many tokens the trunk has read.
  private let readCount: Int

  /// Reads the program.
  ///
  /// - Throws: ``VirtualMachineError`` when the executor's vocabulary lacks a token of it, or when the engine can read no more.
  public init(of program: Program, on executor: Executor) throws(VirtualMachineError) {
    self.program = program
    vocabulary = executor.vocabulary
    let prompt = Self.prompt(of: program, vocabulary)
    // Where the prompts for two inputs part; one token is left for the run to go on from.
    let other = try Self.program(program, input: program.input == [0x21] ? [] : [0x21])
    let common = zip(prompt, Self.prompt(of: other, vocabulary)).prefix { $0 == $1 }.count
    readCount = max(0, min(common, prompt.count - 1))
    let ids = try TokenTrace(prompt: Array(prompt[..<readCount]), vocabulary: vocabulary).ids
    var predictor = executor.makePredictor()
    do {
      if !ids.isEmpty { _ = try predictor.predict(after: ids.map(Int.init)) }
    } catch {
      throw VirtualMachineError("\(error)")
    }
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
    input: [UInt8], maximumTokens: Int = .max,
    observe: (ArraySlice<UInt16>, Vocabulary) -> Int = { ids, _ in ids.count }
  ) throws(VirtualMachineError) -> ProgramRun {
    do {
      let prompt = Self.prompt(of: try program.with(input: input), vocabulary)
      return try ProgramRun(
        prompt, vocabulary: vocabulary, predictor: trunk, readCount: readCount, maximumTokens: maximumTokens,
        observe: observe)
    } catch let error as VirtualMachineError {
      throw error
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  /// The program with an input, or the program itself when it takes none.
  private static func program(_ program: Program, input: [UInt8]) throws(VirtualMachineError) -> Program {
    guard program.input != nil else { return program }
    do {
      return try program.with(input: input)
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  private static func prompt(of program: Program, _ vocabulary: Vocabulary) -> [Token] {
    vocabulary.mode == .universal ? program.prompt : program.specializedPrompt
  }
}
