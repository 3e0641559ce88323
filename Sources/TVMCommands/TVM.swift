public import ArgumentParser
import CommandOutput
import Subprocesses

/// The command `tvm`.
public struct TVM: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "tvm",
    abstract: "Compiles programs into the weights of a transformer, and runs them.",
    discussion: """
      A program is a file in C (.c), WebAssembly (.wasm) or the instruction text that 'tvm compile' writes (.txt).

      Example: tvm run hello
      """,
    version: "0.1.0",
    subcommands: [
      RunCommand.self, EvalCommand.self, CompileCommand.self, ReferenceCommand.self, ScheduleCommand.self,
      BuildCommand.self, SpecializeCommand.self, InspectCommand.self, VerifyCommand.self, BenchCommand.self,
      InvokeCommand.self, SpectestCommand.self, FuzzCommand.self,
    ])

  public init() {}

  /// Runs the process's command line.
  public static func run() {
    Terminal.holdStandardStreams()
    Terminal.ignoreFileSizeSignal()
    SignalCleanup.install()
    main()
  }
}
