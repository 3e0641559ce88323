import ModuleExecution
import WebAssembly

/// Checks that a command of the JSON text has what its type needs.
struct CommandReader {
  let raw: RawCommand
  let file: String

  func kind() throws(ScriptError) -> ScriptCommand.Kind {
    switch raw.type {
    case "module": .module(try module(), name: raw.name)
    case "register": .register(as: Name(try member(raw.as, "as")), name: raw.name)
    case "action": .action(try action())
    case "assert_return": .assertReturn(try action(), try expectedValues())
    // How the suite of before 2020 wrote a NaN that is expected.
    case "assert_return_canonical_nan": .assertReturn(try action(), try expectedNaN(.canonical))
    case "assert_return_arithmetic_nan": .assertReturn(try action(), try expectedNaN(.arithmetic))
    case "assert_trap": .assertTrap(try action(), text: try text())
    case "assert_exhaustion": .assertExhaustion(try action(), text: try text())
    case "assert_malformed": .assertMalformed(try module(), text: try text())
    case "assert_invalid": .assertInvalid(try module(), text: try text())
    case "assert_unlinkable": .assertUnlinkable(try module(), text: try text())
    case "assert_uninstantiable": .assertUninstantiable(try module(), text: try text())
    default: throw error("a command of the test suite, found '\(raw.type)'")
    }
  }

  private func error(_ expected: String) -> ScriptError {
    ScriptError("expected \(expected)", file: file, line: raw.line)
  }

  private func member<Value>(_ value: Value?, _ name: String) throws(ScriptError) -> Value {
    guard let value else { throw error("'\(name)' in \(raw.type)") }
    return value
  }

  private func text() throws(ScriptError) -> String { try member(raw.text, "text") }

  private func module() throws(ScriptError) -> ScriptModule {
    let name = try member(raw.filename, "filename")
    let steps = name.split(separator: "/", omittingEmptySubsequences: false)
    guard steps.first != "", !steps.contains(".."), !name.utf8.contains(0) else {
      throw error("the name of a file in the script's folder, found '\(name)'")
    }
    return ScriptModule(filename: name, isText: raw.moduleType == "text")
  }

  private func action() throws(ScriptError) -> ScriptAction {
    let action = try member(raw.action, "action")
    let kind: ScriptAction.Kind
    switch action.type {
    case "invoke":
      var arguments: [WebAssemblyValue] = []
      for argument in action.args ?? [] { arguments.append(try value(argument)) }
      kind = .invoke(arguments)
    case "get": kind = .get
    default: throw error("the action 'invoke' or 'get', found '\(action.type)'")
    }
    return ScriptAction(kind: kind, module: action.module, field: Name(action.field))
  }

  private func type(_ raw: RawValue) throws(ScriptError) -> ValueType {
    guard let type = ValueType(rawValue: raw.type) else { throw error("i32, i64, f32 or f64, found '\(raw.type)'") }
    return type
  }

  private func value(_ raw: RawValue) throws(ScriptError) -> WebAssemblyValue {
    let type = try type(raw)
    guard let bits = raw.value.flatMap({ UInt64($0) }), WebAssemblyValue(type, bits: bits).bits == bits else {
      throw error("the bits of an \(type.rawValue) as a decimal number, found '\(raw.value ?? "nothing")'")
    }
    return WebAssemblyValue(type, bits: bits)
  }

  private func expectedValues() throws(ScriptError) -> [ExpectedValue] {
    var values: [ExpectedValue] = []
    for raw in try member(raw.expected, "expected") {
      if let nan = raw.value.flatMap({ ExpectedValue.NaN(rawValue: $0) }) {
        values.append(.nan(try floatType(raw), nan))
      } else {
        values.append(.value(try value(raw)))
      }
    }
    return values
  }

  private func expectedNaN(_ nan: ExpectedValue.NaN) throws(ScriptError) -> [ExpectedValue] {
    var values: [ExpectedValue] = []
    for raw in try member(raw.expected, "expected") { values.append(.nan(try floatType(raw), nan)) }
    return values
  }

  private func floatType(_ raw: RawValue) throws(ScriptError) -> ValueType {
    let type = try type(raw)
    guard type == .f32 || type == .f64 else { throw error("f32 or f64 with a NaN, found '\(raw.type)'") }
    return type
  }
}
