import ArgumentParser
import CommandOutput
import Files
import InstructionSet
import ModuleExecution
import ProgramCompiler
import TransformerVM
import WebAssembly
import WebAssemblyValidation

/// `tvm invoke`
struct InvokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invoke",
    abstract: "Calls functions that a WebAssembly module exports, inside the transformer.",
    discussion: """
      Values are written as i32:7, i64:-1, f32:1.5, f64:inf or f32:nan:canonical; results are printed so, one a line. A word that is \
      no value is the name of the next function: the calls follow one another in one growing trace, and the module keeps its \
      memory and globals between them. A trap ends the command with 134. \
      Behind call: stands a name whatever it looks like: call:i32:7 is the function i32:7.

      Example: tvm invoke counter.wasm add i32:40 i32:2
      Example: tvm invoke counter.wasm increment increment get --json
      """)

  @Argument(help: "A .wasm file.")
  var module: String

  @Argument(help: ArgumentHelp("Names of exported functions, each with its arguments behind it.", valueName: "call"))
  var words: [String]

  @Option(
    help: ArgumentHelp(
      """
      What executes: the transformer on an engine (auto, compiled, encoded, plan, dense), the graph without weights (eval) or the \
      interpreter (reference).
      """, valueName: "engine"))
  var engine = TraceEngine.transformer(.automatic)

  @OptionGroup var maximumTokens: MaximumTokensOption

  @OptionGroup var world: WorldOption

  @Flag(help: "Print one JSON object for each call, one a line, and nothing else.")
  var json = false

  func validate() throws {
    _ = try FunctionCall.calls(words)
  }

  func run() throws {
    let calls = try FunctionCall.calls(words)
    let compiled = try compiledModule()
    do {
      try check(calls, in: compiled)
      try perform(calls, in: compiled)
    } catch let error as ExecutionError {
      throw FileError("\(error)", path: module)
    }
  }

  /// Checks all calls before the first one is made.
  private func check(_ calls: [FunctionCall], in compiled: FullCompiledModule) throws {
    if let unknown = calls.first(where: { compiled.functions[Name($0.name)] == nil }) {
      let expected = "expected the name of an exported function or a value such as i32:1"
      throw FileError("\(expected), found '\(unknown.name.oneLine)'", path: module)
    }
    for call in calls { _ = try compiled.entry(ofFunction: Name(call.name), taking: call.arguments) }
  }

  private func perform(_ calls: [FunctionCall], in compiled: FullCompiledModule) throws {
    let host = world.environment(name: module, input: nil)
    var instance = ModuleInstance(compiled, on: try engine.machines()(compiled.program), host: host)
    defer { if let warning = instance.warning { Terminal.report("warning: \(warning)") } }
    try report("instantiation", of: &instance) { try $0.instantiate(limit: $1, $2) }
    for call in calls {
      try report(call.name, of: &instance) { try $0.call(Name(call.name), call.arguments, limit: $1, $2) }
    }
  }

  private func compiledModule() throws -> FullCompiledModule {
    let bytes = try InputFile.bytes(of: self.module)
    do {
      let module = try Module(decoding: bytes)
      try module.validate()
      return try FullProgramCompiler().compile(module)
    } catch {
      throw FileError("\(error)", path: self.module)
    }
  }

  /// Lets something be executed, and shows what it prints and how it ends.
  private func report(
    _ name: String, of instance: inout ModuleInstance,
    _ execute: (inout ModuleInstance, Int, (ExecutionEvent) -> Void) throws -> ExecutionOutcome
  ) throws {
    let start = instance.tokenCount
    let screen = ProgramScreen(json: json)
    var output: [UInt8] = []
    var failure: FileError?
    let outcome = try execute(&instance, maximumTokens.limit) { event in
      switch event {
      case .output(let bytes):
        output += bytes
        do throws(FileError) { if !json { try screen.write(bytes) } } catch { failure = error }
      case .errorOutput, .printed: screen.receive(event)
      case .tokens, .answer: break
      }
    }
    screen.endLine()
    if let failure { throw failure }
    let report = CallReport(
      name, outcome, output: output, tokens: instance.tokenCount - start, limit: maximumTokens.limit)
    if json {
      try Terminal.print(JSONLine.encode(report))
    } else {
      for result in report.results { try Terminal.print(result) }
      if let detail = report.detail { Terminal.report("\(name): \(detail)") }
    }
    if let status = report.exitStatus { throw ExitCode(status) }
  }
}
