public import ArgumentParser
public import TransformerVM

/// The option that chooses a machine.
struct MachineOption: ParsableArguments {
  @Option(
    name: .customLong("machine"),
    help: """
      The machine: base (35 opcodes, token-compatible with other implementations) or full (all of WebAssembly 1.0, with its \
      traps). By default base, or that of the model.
      """)
  var choice: MachineProfile?

  /// The machine of commands that are not told which.
  var profile: MachineProfile { choice ?? .base }
}

extension MachineProfile: ExpressibleByArgument {}
