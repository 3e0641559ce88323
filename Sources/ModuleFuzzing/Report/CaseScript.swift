import InstructionSet
import ModuleExecution
import WebAssembly

/// A case as a script of the official test suite, which `tvm spectest` runs.
struct CaseScript: Encodable {
  struct Value: Encodable {
    let type: String
    let value: String
  }

  struct Action: Encodable {
    let type = "invoke"
    let field: String
    let args: [Value]
  }

  struct Command: Encodable {
    let type: String
    let line: Int
    var filename: String?
    var action: Action?
    var expected: [Value]?
    var text: String?
  }

  let commands: [Command]

  /// - Parameters:
  ///   - filename: the module's file, beside the script.
  ///   - outcomes: how the instantiation and the calls must end; what is behind them is left out.
  init(_ subject: ModuleCase, filename: String, outcomes: [ExpectedOutcome]) {
    var commands: [Command] = []
    switch outcomes.first {
    case .trapped(let message)?:
      commands.append(Command(type: "assert_uninstantiable", line: 1, filename: filename, text: message))
    default: commands.append(Command(type: "module", line: 1, filename: filename))
    }
    for (call, outcome) in zip(subject.calls, outcomes.dropFirst()) {
      let action = Action(
        field: call.name.text, args: call.arguments.map { Value(type: $0.type.rawValue, value: "\($0.bits)") })
      let line = commands.count + 1
      switch outcome {
      case .returned(let values):
        commands.append(
          Command(
            type: "assert_return", line: line, action: action,
            expected: values.map { Value(type: $0.type.rawValue, value: $0.isNaN ? "nan:arithmetic" : "\($0.bits)") }))
      case .trapped(let message):
        commands.append(Command(type: "assert_trap", line: line, action: action, text: message))
      case .unknown: commands.append(Command(type: "action", line: line, action: action))
      }
    }
    self.commands = commands
  }
}

/// How something must end.
enum ExpectedOutcome: Hashable {
  case returned([WebAssemblyValue])
  /// With a trap in the words of the test suite.
  case trapped(String)
  case unknown

  init(_ outcome: ExecutionOutcome) {
    switch outcome {
    case .returned(let values): self = .returned(values)
    case .trapped(let trap): self = .trapped(trap.message)
    case .exited, .stoppedAtLimit: self = .unknown
    }
  }

  init(_ outcome: NodeOutcome) {
    switch outcome {
    case .returned(let values): self = .returned(values)
    case .trapped(let words): self = NodeOutcome.message(words).map(ExpectedOutcome.trapped) ?? .unknown
    case .exhausted, .failed: self = .unknown
    }
  }
}
