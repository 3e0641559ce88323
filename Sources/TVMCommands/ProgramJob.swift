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
  /// The input's tokens as a specialised model reads them, for a job without a program.
  private let inputPrompt: [Token]
  /// How the program came about, nil where there is nothing to tell.
  let story: String?

  /// What the executor reads before it generates: the program with its input, or the input alone.
  func prompt(for executor: Executor) throws -> [Int32] {
    try program?.prompt(for: executor.vocabulary) ?? executor.vocabulary.ids(of: inputPrompt)
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
      return ProgramJob(name: source.name, program: program, inputPrompt: [], story: story)
    }
  }

  /// The same job with each line of a file as its input.
  ///
  /// - Throws: `FileError` that names the line when the program does not take it.
  func with(inputs: [[UInt8]], of file: String) throws -> [ProgramJob] {
    try inputs.enumerated().map { index, input in
      let fed: MachineProgram?
      do {
        fed = try program?.with(input: input)
      } catch {
        throw FileError("line \(index + 1): \(error)", path: file)
      }
      var job = ProgramJob(
        name: name, program: fed, inputPrompt: inputPrompt,
        story: "input \(String(decoding: input, as: UTF8.self).debugDescription)")
      job.input = input
      return job
    }
  }

  private static func specialized(_ model: ModelInUse, input: [UInt8]?) throws -> ProgramJob {
    guard let program = try model.program else {
      // With no program to look at, the input is given as programs that read one expect it; the others ignore it.
      let reader = try Program(instructions: [Instruction(.inputBase)], input: input ?? [])
      return ProgramJob(name: "specialised", program: nil, inputPrompt: reader.specializedPrompt, story: nil)
    }
    let fed = try input.map { try program.with(input: $0) } ?? program
    return ProgramJob(name: "specialised", program: .base(fed), inputPrompt: [], story: nil)
  }
}
