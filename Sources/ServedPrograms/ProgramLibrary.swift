import Engine
import InstructionSet
package import TransformerVM

/// The programs that a server has: by name, and those that are sent to it.
package struct ProgramLibrary: Sendable {
  /// By name, in the order in which they were added.
  package private(set) var programs: [ServedProgram] = []
  /// What executes programs that are sent.
  private let machine: Executor
  private let configuration: ProgramServingConfiguration

  /// - Parameter machine: what executes programs; modules that are sent need one of the full profile.
  package init(machine: Executor, _ configuration: ProgramServingConfiguration = ProgramServingConfiguration()) {
    self.machine = machine
    self.configuration = configuration
  }

  /// The transformer of the full profile, built of the plan that ships.
  ///
  /// - Throws: an error that says what is wrong with the plan, should it not fit.
  package static func machine(engine: EngineChoice = .compiled) throws -> Executor {
    let machine = try Pipeline.universalMachine(.full)
    return try Executor(
      model: Pipeline.weights(for: machine, schedule: Pipeline.shippedSchedule(for: machine)), engine: engine)
  }

  /// The program of a name.
  package subscript(name: String) -> ServedProgram? {
    programs.first { $0.name == name }
  }

  /// The tokens of what executes programs.
  package var vocabulary: MachineVocabulary { machine.vocabulary }

  /// Adds an example by its name, or a C or WebAssembly file, which is called by its name without the ending.
  ///
  /// - Throws: ``VirtualMachineError`` that names the file and what is wrong with it, another program's name included.
  package mutating func add(source argument: String) throws(VirtualMachineError) {
    let source = try ProgramSource(argument)
    let summary = try Example.all().first { $0.name == source.name }?.summary
    var name = source.name[...]
    for ending in [".c", ".wasm"] where name.hasSuffix(ending) { name = name.dropLast(ending.count) }
    guard self[String(name)] == nil else {
      throw VirtualMachineError("the name '\(name)' comes twice; expected a file of another name", subject: argument)
    }
    programs.append(
      try ServedProgram(
        source.program(for: machine.vocabulary.profile, input: nil), on: machine, name: String(name),
        summary: summary ?? ""))
  }

  /// The same as `program(ofModule:)`, away from the threads that all tasks share.
  package func program(sent wasm: [UInt8]) async throws(ProgramServingError) -> ServedProgram {
    let result = await Task(executorPreference: ProgramExecutor.compilers) {
      Result { () throws(ProgramServingError) in try program(ofModule: wasm) }
    }.value
    return try result.get()
  }

  /// A program of a module that was sent, named by its contents.
  ///
  /// - Throws: ``ProgramServingError`` when it is too large, malformed, invalid, or cannot be executed.
  package func program(ofModule wasm: [UInt8]) throws(ProgramServingError) -> ServedProgram {
    guard wasm.count <= configuration.largestModule else {
      throw ProgramServingError(
        .invalidModule, "expected a module of at most \(configuration.largestModule) bytes, found \(wasm.count)")
    }
    let program: ServedProgram
    do throws(VirtualMachineError) {
      let name = "sha256-" + SHA256.hexadecimal(of: wasm).prefix(16)
      program = try ServedProgram(.full(ModuleProgram(wasm: wasm)), on: machine, name: name)
    } catch {
      throw ProgramServingError(.invalidModule, error.message)
    }
    guard program.prefix.count < configuration.longestPrompt else {
      throw ProgramServingError(
        .invalidModule,
        "expected a program of fewer than \(configuration.longestPrompt) tokens, found \(program.prefix.count)")
    }
    return program
  }
}
