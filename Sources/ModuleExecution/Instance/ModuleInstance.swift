import InstructionSet
public import ProgramCompiler
import WebAssembly

/// A module in one growing trace: instantiated, then called again and again, by a host that sees nothing but tokens.
///
/// ```swift
/// let compiled = try FullProgramCompiler().compile(module)
/// var instance = ModuleInstance(compiled, on: FullReferenceInterpreter(compiled.program))
/// _ = try instance.instantiate()
/// let outcome = try instance.call("add", [.i32(2), .i32(3)])  // .returned([.i32(5)])
/// ```
public struct ModuleInstance: Sendable {
  public let module: FullCompiledModule
  var machine: any TraceMachine
  var trace: TraceTail
  var state = State.new
  /// What services have left of what the host has to give.
  public internal(set) var host: HostEnvironment

  /// What the trace is about.
  enum State: Hashable {
    /// Nothing was executed yet.
    case new
    /// Something is under way, from which results of these types are expected.
    case running([ValueType])
    /// Nothing is; a call may begin.
    case idle
  }

  /// - Parameters:
  ///   - machine: one that stands behind the prompt of the module's program.
  ///   - host: what the module's imports give it.
  public init(
    _ module: FullCompiledModule, on machine: any TraceMachine, host: HostEnvironment = HostEnvironment()
  ) {
    self.module = module
    self.machine = machine
    self.host = host
    let entries =
      module.functions.values.map(\.type.results) + module.globals.values.map(\.type.results) + [module.results]
    let services = HostService.allCases.map(\.type.parameters)
    trace = TraceTail(capacity: (entries + services).map { TraceTail.length($0) }.max() ?? 0)
  }

  /// How many tokens were written behind the prompt, the host's included.
  public var tokenCount: Int { trace.tokenCount }

  /// One line about what keeps a faster machine from running; nil when nothing does.
  public var warning: String? { machine.warning }

  /// How many operands are on the stack.
  public var stackDepth: Int { trace.depth }

  func error(_ kind: ExecutionError.Kind) -> ExecutionError {
    ExecutionError(kind, tokenCount: tokenCount)
  }
}
