import ArgumentParser
import Foundation
import InstructionSet
import ModuleExecution
import TransformerVM

/// The options that say what a program of the full profile finds outside itself.
struct WorldOption: ParsableArguments {
  // What follows is the value whatever it looks like: -5 is a number, not an option.
  @Option(
    name: .customLong("argument"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("An argument for the program, again for each one (full profile, WASI).", valueName: "text"))
  var arguments: [String] = []

  @Option(
    name: .customLong("env"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A variable of its environment, again for each one (full profile, WASI).", valueName: "name=value"))
  var variables: [String] = []

  func validate() throws {
    if let wrong = variables.first(where: { !$0.dropFirst().contains("=") }) {
      throw ValidationError("--env: expected a name, = and a value, found '\(wrong)'")
    }
  }

  /// - Throws: `ValidationError` where programs of the machine find nothing outside themselves but something is given.
  func require(_ profile: MachineProfile) throws {
    guard profile == .base, let option = variables.isEmpty ? (arguments.isEmpty ? nil : "--argument") : "--env" else {
      return
    }
    throw ValidationError("\(option): expected the full machine, programs of the base profile have no use for it")
  }

  /// What a job's program finds.
  func environment(of job: ProgramJob) -> HostEnvironment {
    environment(name: job.name, input: job.standardInput)
  }

  /// What a program finds: the computer's clocks and random bytes, and the process's standard input unless it is given another.
  func environment(name: String, input: [UInt8]?) -> HostEnvironment {
    let given = RawArgument.bytes(of: arguments, option: "--argument").map(HostString.init(bytes:))
    return HostEnvironment(
      arguments: [HostString(name)] + given,
      variables: RawArgument.bytes(of: variables, option: "--env").map(HostString.init(bytes:)),
      input: input.map { .bytes($0) } ?? KeyboardInput.standard, clock: .system, random: .system)
  }
}
