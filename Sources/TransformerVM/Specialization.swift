public import InstructionSet
import Machine
public import Scheduler
public import Transformer

/// A program in the weights of a model: the first Futamura projection.
public struct Specialization: Sendable {
  /// The metadata entry of a model that holds the text of its program.
  static let programKey = "tvm.program"
  /// The metadata entry that holds the address in memory at which a program of the full profile takes its input.
  static let inputAddressKey = "tvm.input_address"

  public let program: MachineProgram
  public let schedule: Schedule
  /// What was searched for; nil where the schedule is the one that ships.
  public let solution: ScheduleSolution?
  public let model: TransformerModel

  /// Builds the machine specialised to a program: graph, schedule, weights.
  ///
  /// - Parameter options: how to search for a schedule. Without them, a machine of the full profile gets the one that ships, since it
  ///   is the same for all programs; in the base profile it depends on the program, and is searched for in the default way.
  /// - Throws: an error of the stage that fails.
  public init(
    of program: MachineProgram, options: SchedulingOptions? = nil,
    progress: @escaping (ScheduleProgress) -> Void = { _ in }
  ) throws {
    let machine = try Pipeline.machine(specializedTo: program)
    self.program = program
    if options == nil, machine.profile == .full {
      solution = nil
      schedule = try Pipeline.shippedSchedule(for: machine)
    } else {
      let options = options ?? SchedulingOptions(solver: .list, timeLimit: 30)
      let found = try ScheduleSearch(for: machine.graph, options: options).run(progress: progress)
      solution = found
      schedule = found.schedule
    }
    model = try Pipeline.weights(for: machine, schedule: schedule, metadata: Self.metadata(of: program))
  }

  private static func metadata(of program: MachineProgram) -> [String: String] {
    switch program {
    case .base(let program): [programKey: program.text]
    case .full(let module):
      [programKey: module.bare.text].merging(
        module.inputAddress.map { [inputAddressKey: "\($0)"] } ?? [:]
      ) { first, _ in first }
    }
  }
}

extension TransformerModel {
  /// Whether the model has a program in its weights, by its vocabulary.
  public var isSpecialized: Bool {
    switch profile {
    case .base: vocabulary.contains(Token.start.text)
    case .full: !vocabulary.contains(FullToken.instruction(.halt).text)
    }
  }

  /// The profile of the machine whose weights the model is, by its vocabulary.
  public var profile: MachineProfile {
    vocabulary.contains(FullToken.event(.enter).text) ? .full : .base
  }

  /// The program that the model says it was specialised to; nil when it says nothing, as a `model.bin` cannot.
  ///
  /// - Throws: `ProgramError` when what it says is no program.
  public var specializedProgram: MachineProgram? {
    get throws(ProgramError) {
      guard let text = metadata[Specialization.programKey] else { return nil }
      switch profile {
      case .base: return .base(try Program(text: text))
      case .full:
        let address = metadata[Specialization.inputAddressKey].flatMap { UInt32($0) }
        return .full(ModuleProgram(try FullProgram(text: text), inputAddress: address))
      }
    }
  }
}
