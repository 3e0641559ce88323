import ArgumentParser
import Files
import InstructionSet
import TransformerVM

/// One program to be run.
struct ProgramJob {
  let name: String
  /// nil for a specialised model that does not carry its program.
  let program: MachineProgram?
  /// The input where it is one of many, else nil.
  var input: [UInt8]?
  /// What a specialised model reads, for a job without a program.
  private let prompt: Prompt
  /// What the program is to find in its standard input; nil for that of the process.
  let standardInput: [UInt8]?
  /// How the program came about, nil where there is nothing to tell.
  let story: String?

  /// What the executor reads before it generates: the program with its input, or the input alone.
  func prompt(for executor: Executor) throws -> [Int32] {
    if let program { return try program.prompt(for: executor.vocabulary) }
    switch prompt {
    case .base(let tokens): return try executor.vocabulary.ids(of: tokens)
    case .full(let tokens): return try executor.vocabulary.ids(of: tokens)
    }
  }

  /// A prompt of either profile.
  private enum Prompt {
    case base([Token])
    case full([FullToken])
  }

  private init(name: String, program: MachineProgram, story: String?) {
    self.name = name
    self.program = program
    self.story = story
    standardInput = program.standardInput
    prompt = .base([])
  }

  /// A job of a specialised model that does not carry its program.
  private init(_ prompt: Prompt, standardInput: [UInt8]?) {
    name = "specialised"
    program = nil
    story = nil
    self.prompt = prompt
    self.standardInput = standardInput
  }

  /// The jobs that a command line asks for: all examples when it names no program.
  static func jobs(
    _ names: [String], profile: MachineProfile, input: [UInt8]?, model: ModelInUse?
  ) throws -> [ProgramJob] {
    if let model, model.isSpecialized {
      guard names.isEmpty else {
        throw ValidationError("--model: a specialised model brings its program; expected none, found '\(names[0])'")
      }
      return [try specialized(model, input: input)]
    }
    let sources =
      try names.isEmpty
      ? Example.all(for: profile).map(ProgramSource.init(example:)) : names.map { try ProgramSource($0) }
    return try sources.map { source in
      let (program, story) = try source.programWithStory(for: profile, input: input)
      return ProgramJob(name: source.name, program: program, story: story)
    }
  }

  /// The same job with each line of a file as its input.
  ///
  /// - Throws: `FileError` that names the line when the program does not take it.
  func with(inputs: [[UInt8]], of file: String) throws -> [ProgramJob] {
    try inputs.enumerated().map { index, input in
      let story = "input \(String(decoding: input, as: UTF8.self).debugDescription)"
      do {
        var job = try program.map { ProgramJob(name: name, program: try $0.with(input: input), story: story) } ?? self
        job.input = input
        return job
      } catch {
        throw FileError("line \(index + 1): \(error)", path: file)
      }
    }
  }

  private static func specialized(_ model: ModelInUse, input: [UInt8]?) throws -> ProgramJob {
    if let program = try model.program {
      let fed = try input.map { try program.with(input: $0) } ?? program
      return ProgramJob(name: "specialised", program: fed, story: nil)
    }
    // With no program to look at, the input is given as programs that read one expect it; the others ignore it.
    switch model.profile {
    case .base:
      let reader = try Program(instructions: [Instruction(.inputBase)], input: input ?? [])
      return ProgramJob(.base(reader.specializedPrompt), standardInput: [])
    case .full: return ProgramJob(.full(FullProgram.specializedPrompt(data: [])), standardInput: input)
    }
  }
}
