public import InstructionSet
import Machine
public import Scheduler
public import Transformer

/// A program in the weights of a model: the first Futamura projection.
public struct Specialization: Sendable {
  /// The metadata entry of a model that holds the text of its program.
  static let programKey = "tvm.program"

  public let program: Program
  public let solution: ScheduleSolution
  public let model: TransformerModel

  /// Builds the machine specialised to a program: graph, schedule, weights.
  ///
  /// - Throws: an error of the stage that fails.
  public init(
    of program: Program, options: SchedulingOptions, progress: @escaping (ScheduleProgress) -> Void = { _ in }
  ) throws {
    let machine = try Pipeline.machine(specializedTo: program)
    self.program = program
    solution = try ScheduleSearch(for: machine.graph, options: options).run(progress: progress)
    model = try Pipeline.weights(
      for: machine, schedule: solution.schedule, metadata: [Self.programKey: program.text])
  }
}

extension TransformerModel {
  /// Whether the model has a program in its weights, by its vocabulary.
  public var isSpecialized: Bool {
    vocabulary.contains(Token.start.text)
  }

  /// The profile of the machine whose weights the model is, by its vocabulary.
  public var profile: MachineProfile {
    vocabulary.contains(FullToken.event(.enter).text) ? .full : .base
  }

  /// The program that the model says it was specialised to; nil when it says nothing, as a `model.bin` cannot.
  ///
  /// - Throws: `ProgramError` when what it says is no program.
  public var specializedProgram: Program? {
    get throws(ProgramError) {
      guard let text = metadata[Specialization.programKey] else { return nil }
      return try Program(text: text)
    }
  }
}
