public import Graph
public import InstructionSet
public import Scheduler
public import Transformer
import WeightConstruction

/// The way from a program and a graph to tokens, one call a step.
///
/// source → module → instructions (``ProgramSource``) → graph → schedule → weights → tokens (``ProgramRun``).
///
/// ```swift
/// let machine = try Pipeline.universalMachine(.full)
/// let schedule = try Pipeline.shippedSchedule(for: machine)
/// let model = try Pipeline.weights(for: machine, schedule: schedule)
/// let program = try ProgramSource("hello").program(for: .full, input: nil)
/// let run = try ProgramRun(program, on: Executor(model: model), host: program.host)
/// ```
public enum Pipeline {
  /// The machine whose program is in its prompt, as a graph.
  ///
  /// - Throws: `GraphError` when the graph is inconsistent.
  public static func universalMachine(_ profile: MachineProfile = .base) throws(GraphError) -> VirtualMachine {
    try VirtualMachine(universal: profile)
  }

  /// The machine with a program in its weights, as a graph.
  ///
  /// - Throws: `GraphError` when the graph is inconsistent.
  public static func machine(specializedTo program: MachineProgram) throws(GraphError) -> VirtualMachine {
    try VirtualMachine(specializedTo: program)
  }

  /// A machine's schedule that ships with the package, so that building weights needs no solver: that of a universal machine, or of
  /// the full profile's with a program in its weights, whichever program that is.
  ///
  /// - Throws: ``VirtualMachineError`` that names the first constraint broken, should the plan not fit the graph.
  public static func shippedSchedule(for machine: VirtualMachine) throws(VirtualMachineError) -> Schedule {
    let (name, text) = Resources.plan(for: machine)
    return try schedule(plan: String(decoding: text, as: UTF8.self), file: name, for: graphOfPlan(for: machine))
  }

  /// The graph that a shipped plan was found for, whose operations are those of the machine's.
  private static func graphOfPlan(for machine: VirtualMachine) throws(VirtualMachineError) -> ComputationGraph {
    guard machine.profile == .full, machine.vocabulary.isSpecialized else { return machine.graph }
    do {
      return try Pipeline.machine(specializedTo: .shortest).graph
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  /// Reads a plan and checks every constraint again.
  ///
  /// - Throws: ``VirtualMachineError`` with the file and its line, or the first constraint broken.
  public static func schedule(
    fromPlan path: String, for graph: ComputationGraph
  ) throws(VirtualMachineError) -> Schedule {
    do {
      return try Plan(contentsOf: path, for: graph).schedule
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  private static func schedule(
    plan text: String, file: String, for graph: ComputationGraph
  ) throws(VirtualMachineError) -> Schedule {
    do {
      return try Plan(text: text, file: file, for: graph).schedule
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  /// The transformer that computes a machine's graph by a schedule.
  ///
  /// - Parameter metadata: entries that the model carries along.
  /// - Throws: an error that names the constraint broken, when the schedule is not one of this graph.
  public static func weights(
    for machine: VirtualMachine, schedule: Schedule, metadata: [String: String] = [:]
  ) throws -> TransformerModel {
    try TransformerModel(
      of: machine.graph, scheduled: schedule, firstTokens: [machine.vocabulary.firstToken],
      stopToken: Token.halt.text, metadata: metadata)
  }
}
