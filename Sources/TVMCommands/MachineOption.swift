public import ArgumentParser
public import TransformerVM

/// The option that chooses a machine.
struct MachineOption: ParsableArguments {
  @Option(
    name: .customLong("machine"),
    help: """
      The machine: base (35 opcodes, token-compatible with other implementations) or full (all of WebAssembly 1.0, with its \
      traps). By default full where programs are executed, unless an instruction text (.txt) or a model says otherwise; \
      else base.
      """)
  var choice: MachineProfile?

  /// The machine of commands that execute nothing.
  var profile: MachineProfile { choice ?? .base }

  /// The machine that executes programs: of the base profile if one of them is an instruction text of it.
  func profile(executing programs: [String]) -> MachineProfile {
    choice ?? (programs.contains { ProgramSource.profile(ofText: $0) == .base } ? .base : .full)
  }
}

extension MachineProfile: ExpressibleByArgument {}
