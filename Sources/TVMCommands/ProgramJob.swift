import ArgumentParser
import InstructionSet
import TransformerVM

/// One program to be run.
struct ProgramJob {
  let name: String
  /// nil for a specialised model that does not carry its program.
  let program: Program?
  let prompt: [Token]
  /// How the program came about, nil where there is nothing to tell.
  let story: String?

  /// The jobs that a command line asks for: all examples when it names no program.
  static func jobs(_ names: [String], input: [UInt8]?, model: ModelInUse?) throws -> [ProgramJob] {
    if let model, model.isSpecialized {
      guard names.isEmpty else {
        throw ValidationError("--model: a specialised model brings its program; expected none, found '\(names[0])'")
      }
      return [try specialized(model, input: input)]
    }
    let sources =
      try names.isEmpty ? Example.all().map(ProgramSource.init(example:)) : names.map { try ProgramSource($0) }
    return try sources.map { source in
      let (program, story) = try source.programWithStory(input: input)
      return ProgramJob(name: source.name, program: program, prompt: program.prompt, story: story)
    }
  }

  private static func specialized(_ model: ModelInUse, input: [UInt8]?) throws -> ProgramJob {
    guard let program = model.program else {
      // With no program to look at, the input is given as programs that read one expect it; the others ignore it.
      let reader = try Program(instructions: [Instruction(.inputBase)], input: input ?? [])
      return ProgramJob(name: "specialised", program: nil, prompt: reader.specializedPrompt, story: nil)
    }
    let fed = try input.map { try program.with(input: $0) } ?? program
    return ProgramJob(name: "specialised", program: fed, prompt: fed.specializedPrompt, story: nil)
  }
}
