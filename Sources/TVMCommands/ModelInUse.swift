import ArgumentParser
import Foundation
import InstructionSet
import Transformer
import TransformerVM

/// The model that a command runs programs with.
struct ModelInUse {
  let model: TransformerModel
  /// The file it was read from, nil when it was built.
  private let file: String?
  let isSpecialized: Bool
  /// The machine whose weights the model is.
  let profile: MachineProfile
  /// How the model came about, line by line.
  let story: [String]

  /// Reads a model file, or builds a universal machine's weights from its graph and the plan that ships.
  ///
  /// - Parameter programs: what is to be executed by it, if anything.
  /// - Throws: `ValidationError` when the file's is the machine of another profile than was asked for.
  init(file: String?, machine option: MachineOption, executing programs: [String]? = nil) throws {
    let clock = ContinuousClock()
    let start = clock.now
    func seconds() -> String { Numbers.decimal((clock.now - start) / .seconds(1), places: 2) }
    self.file = file
    if let file {
      model = try TransformerModel(contentsOfFile: file)
      isSpecialized = model.isSpecialized
      profile = model.profile
      if let wanted = option.choice, wanted != profile {
        throw ValidationError("--machine: the model is of the profile \(profile.rawValue), not \(wanted.rawValue)")
      }
      story = ["weights   \(file): \(Self.shape(of: model)), read in \(seconds()) s"]
      return
    }
    let machine = try Pipeline.universalMachine(
      programs.map(option.profile(executing:)) ?? option.profile)
    let schedule = try Pipeline.shippedSchedule(for: machine)
    model = try Pipeline.weights(for: machine, schedule: schedule)
    isSpecialized = false
    profile = programs.map(option.profile(executing:)) ?? option.profile
    let graph = machine.graph
    story = [
      "graph     \(graph.operations.count) operations on \(graph.nodes.count) dimensions, \(graph.lookups.count) lookups",
      "schedule  \(schedule.layerCount) layers, d_model \(schedule.modelWidth) (the plan that ships)",
      "weights   \(Self.shape(of: model)), computed in \(seconds()) s",
    ]
  }

  /// The program inside a specialised model, nil for a universal one and for a file that does not carry it.
  ///
  /// - Throws: ``VirtualMachineError`` when what the file carries is no program.
  var program: MachineProgram? {
    get throws(VirtualMachineError) {
      do {
        return try model.specializedProgram
      } catch {
        throw VirtualMachineError("the program that the model carries: \(error)", subject: file)
      }
    }
  }

  private static func shape(of model: TransformerModel) -> String {
    "\(model.layers.count) layers, d_model \(model.modelWidth), \(model.headCount) heads, d_ffn \(model.feedForwardWidth), "
      + "\(model.vocabularySize) tokens"
  }
}
