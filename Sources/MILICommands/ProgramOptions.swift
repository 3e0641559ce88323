import ArgumentParser
import Files
import Foundation
import ServedModels
import ServedProgramModel
import ServedPrograms
import Transformer
import TransformerVM

/// The options that say which compiled programs are served, and what they may take.
struct ProgramOptions: ParsableArguments {
  @Option(
    name: .customLong("program"),
    help: ArgumentHelp(
      "A compiled program to serve as the model program/NAME: a .c or .wasm file, or the name of an example. Again for each.",
      valueName: "program"))
  var programs: [String] = []

  @Flag(help: "Execute modules that requests bring along, as the model 'program'.")
  var acceptPrograms = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Memory for what programs and their runs remember, 128 bytes or more for each token.", valueName: "bytes"))
  var programBytes = ProgramServingConfiguration().cacheBytes

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The most tokens that a program may write behind its prompt, where there is memory for them.", valueName: "n"))
  var programTokens = ProgramServingConfiguration().maximumTokens

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The most bytes of a module that a request brings along.", valueName: "n"))
  var largestProgram = ProgramServingConfiguration().largestModule

  func validate() throws {
    let ranges = [
      ("--program-bytes", programBytes, 1 << 20...1 << 46), ("--program-tokens", programTokens, 1...1 << 25),
      ("--largest-program", largestProgram, 1...1 << 26),
    ]
    for (name, value, range) in ranges where !range.contains(value) {
      throw ValidationError("\(name): expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// - Parameters:
  ///   - serving: what programs have in common with language models.
  ///   - accounts: how many accounts share the service; 0 for everybody alike.
  func configuration(_ serving: ServingOptions, accounts: Int) -> ProgramServingConfiguration {
    var configuration = ProgramServingConfiguration()
    configuration.eviction = serving.evictionPolicy
    configuration.maximumRunning = serving.maxRunning
    configuration.queueTimeout = serving.queueTimeout.map { .seconds($0) }
    configuration.maximumWaiting = serving.maxWaiting
    configuration.maximumWaitingPerClient = serving.mostWaiting(ofEachOf: accounts)
    configuration.cacheBytes = programBytes
    configuration.maximumTokens = programTokens
    configuration.largestModule = largestProgram
    return configuration
  }

  /// The programs as models, and those in the weights of compiled transformers.
  ///
  /// - Parameter files: compiled transformers, each a file and the name to serve it by; one of them may be a machine that executes
  ///   the programs.
  /// - Throws: ``VirtualMachineError`` that names the program or file and what is wrong with it.
  func models(
    files: [(name: String, path: String)], _ configuration: ProgramServingConfiguration
  ) throws -> [ProgramService] {
    guard !programs.isEmpty || acceptPrograms || !files.isEmpty else { return [] }
    let created = Int(Date().timeIntervalSince1970)
    let server = try ProgramServer(configuration)
    var services: [ProgramService] = []
    var machine: (path: String, executor: Executor)?
    for (name, path) in files {
      let executor = try Executor(model: TransformerModel(contentsOfFile: path), engine: .compiled, name: path)
      if executor.vocabulary.isSpecialized {
        let program = try ServedProgram(inWeightsOf: executor, name: name)
        services.append(ProgramService(program, by: server, created: created, name: name))
      } else {
        if let machine { throw CommandError("--model: expected one machine, found \(machine.path) and \(path)") }
        machine = (path, executor)
      }
    }
    if let machine { try check(machine.path, machine.executor) }
    guard !programs.isEmpty || acceptPrograms else { return services }
    var library = ProgramLibrary(machine: try machine?.executor ?? ProgramLibrary.machine(), configuration)
    for program in programs { try library.add(source: program) }
    services += library.programs.map { ProgramService($0, by: server, created: created) }
    if acceptPrograms { services.append(ProgramService(sentTo: library, by: server, created: created)) }
    return services
  }

  /// Refuses a machine that has nothing to execute, or not what it is to.
  private func check(_ path: String, _ machine: Executor) throws {
    guard !programs.isEmpty || acceptPrograms else {
      throw CommandError("\(path): a machine without a program in its weights; expected --program beside it")
    }
    guard !acceptPrograms || machine.vocabulary.profile == .full else {
      throw CommandError(
        "\(path): --accept-programs: expected a machine of the full profile, found one of the base profile")
    }
  }
}
