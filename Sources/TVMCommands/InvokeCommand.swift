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
      memory and globals between them. A trap ends the command with 134.

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
      What executes: the transformer on an engine (auto, compiled, plan, dense), the graph without weights (eval) or the \
      interpreter (reference).
      """, valueName: "engine"))
  var engine = TraceEngine.transformer(.automatic)

  @OptionGroup var maximumTokens: MaximumTokensOption

  @OptionGroup var world: WorldOption

  @Flag(help: "Print one JSON object for each call, one a line, and nothing else.")
  var json = false

  func run() throws {
    let calls = try FunctionCall.calls(words)
    let compiled = try compiledModule()
    let host = world.environment(name: module, input: nil)
    var instance = ModuleInstance(compiled, on: try engine.machines()(compiled.program), host: host)
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
    let report = CallReport(name, outcome, output: output, tokens: instance.tokenCount - start)
    if json {
      try Terminal.print(JSONLine.encode(report))
    } else {
      for result in report.results { try Terminal.print(result) }
      if let detail = report.detail { Terminal.report("\(name): \(detail)") }
    }
    if let status = report.exitStatus { throw ExitCode(status) }
  }
}

/// A function's name and its arguments.
private struct FunctionCall {
  let name: String
  var arguments: [WebAssemblyValue] = []

  /// - Throws: `ValidationError` when a value comes first or has the form of none that there is.
  static func calls(_ words: [String]) throws -> [FunctionCall] {
    var calls: [FunctionCall] = []
    for word in words {
      guard let colon = word.firstIndex(of: ":"), ValueType(rawValue: String(word[..<colon])) != nil else {
        calls.append(FunctionCall(name: word))
        continue
      }
      guard !calls.isEmpty else { throw ValidationError("expected the name of a function, found '\(word)'") }
      do {
        calls[calls.count - 1].arguments.append(try WebAssemblyValue(text: word))
      } catch {
        throw ValidationError("\(error)")
      }
    }
    return calls
  }
}

/// What `tvm invoke` prints of a call.
private struct CallReport: Encodable {
  enum Status: String, Encodable {
    case returned
    case trap
    case exit
    case limit
  }

  let call: String
  let status: Status
  private(set) var results: [String] = []
  let output: String
  let tokens: Int
  /// One line about a trap, the code of an exit, or the limit.
  private(set) var detail: String?
  /// What the command is to exit with at once; nil to go on.
  private(set) var exitStatus: Int32?

  init(_ call: String, _ outcome: ExecutionOutcome, output: [UInt8], tokens: Int) {
    self.call = call
    self.output = String(decoding: output, as: UTF8.self)
    self.tokens = tokens
    switch outcome {
    case .returned(let values):
      status = .returned
      results = values.map(\.text)
    case .trapped(let trap):
      status = .trap
      detail = trap.message
      exitStatus = ProgramRunner.abortStatus
    case .exited(let code):
      status = .exit
      detail = "exited with \(code)"
      exitStatus = Int32(truncatingIfNeeded: code & 0xff)
    case .stoppedAtLimit:
      status = .limit
      detail = "the limit of \(tokens) tokens was reached"
      exitStatus = 1
    }
  }

  private enum CodingKeys: String, CodingKey {
    case call, status, results, output, tokens, detail
  }
}
