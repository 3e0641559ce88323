import ModuleExecution
import SpecificationSuite
import Testing
import WebAssembly

@Suite("Reading scripts")
struct ScriptReadingTests {
  private func command(_ json: String) throws -> ScriptCommand {
    try #require(try read("{\"commands\": [\(json)]}").commands.first)
  }

  private func read(_ json: String) throws(ScriptError) -> SpecificationScript {
    try SpecificationScript(json: Array(json.utf8), file: "folder/script.json")
  }

  private func message(_ json: String) -> String? {
    do throws(ScriptError) {
      _ = try read(json)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("Every kind of command")
  func kinds() throws {
    let action = #""action": {"type": "invoke", "field": "f\u0000", "args": [{"type": "i32", "value": "4294967295"}]}"#
    let cases: [(json: String, name: String)] = [
      (#"{"type": "module", "line": 1, "name": "$m", "filename": "m.wasm"}"#, "module"),
      (#"{"type": "register", "line": 1, "as": "m"}"#, "register"),
      (#"{"type": "action", "line": 1, \#(action), "expected": []}"#, "action"),
      (
        #"{"type": "assert_return", "line": 1, \#(action), "expected": [{"type": "f32", "value": "nan:canonical"}]}"#,
        "assert_return"
      ),
      (#"{"type": "assert_trap", "line": 1, \#(action), "text": "t", "expected": [{"type": "i32"}]}"#, "assert_trap"),
      (#"{"type": "assert_exhaustion", "line": 1, \#(action), "text": "t"}"#, "assert_exhaustion"),
      (
        #"{"type": "assert_malformed", "line": 1, "filename": "m", "text": "t", "module_type": "text"}"#,
        "assert_malformed"
      ),
      (
        #"{"type": "assert_invalid", "line": 1, "filename": "m", "text": "t", "module_type": "binary"}"#,
        "assert_invalid"
      ),
      (#"{"type": "assert_unlinkable", "line": 1, "filename": "m", "text": "t"}"#, "assert_unlinkable"),
      (#"{"type": "assert_uninstantiable", "line": 1, "filename": "m", "text": "t"}"#, "assert_uninstantiable"),
    ]
    for (json, name) in cases { #expect(try command(json).name == name) }
  }

  @Test("Values are bits in decimal, names keep every character")
  func values() throws {
    let command = try command(
      """
      {"type": "assert_return", "line": 7, "action": {"type": "invoke", "module": "$m", "field": "\\u0000e\\u0301",
       "args": [{"type": "i64", "value": "18446744073709551615"}, {"type": "f64", "value": "9221120237041090561"}]},
       "expected": [{"type": "f64", "value": "nan:arithmetic"}, {"type": "i32", "value": "7"}]}
      """)
    guard case .assertReturn(let action, let expected) = command.kind, case .invoke(let arguments) = action.kind else {
      Issue.record("expected assert_return")
      return
    }
    #expect(command.line == 7 && action.module == "$m" && action.field == "\u{0}e\u{301}")
    #expect(action.field != "\u{0}\u{e9}")
    #expect(arguments == [.i64(-1), .f64(bitPattern: 0x7ff8_0000_0000_0001)])
    #expect(expected == [.nan(.f64, .arithmetic), .value(.i32(7))])
  }

  @Test(
    "What is no script is refused with the file, the line and what was expected",
    arguments: [
      ("", "folder/script.json: expected the JSON that wast2json writes: Unexpected end of file"),
      ("{}", "no 'commands'"), ("[", "Unexpected end of file"), ("7", "folder/script.json: expected the JSON"),
      (
        #"{"commands": [{"line": 1}]}"#,
        "script.json, line 1: expected the JSON that wast2json writes: no 'type' at commands.[0]"
      ),
      (#"{"commands": [{"type": "dance", "line": 3}]}"#, "folder/script.json, line 3: expected a command"),
      (#"{"commands": [{"type": "module", "line": 3}]}"#, "line 3: expected 'filename' in module"),
      (#"{"commands": [{"type": "assert_trap", "line": 4}]}"#, "line 4: expected 'action' in assert_trap"),
      (
        #"{"commands": [{"type": "action", "line": 4, "action": {"type": "run", "field": ""}}]}"#,
        "expected the action 'invoke' or 'get', found 'run'"
      ),
      (#"{"commands": [{"type": "module", "line": -5, "filename": "m"}]}"#, "expected a line from 1 on, found -5"),
      (module("../../passwd"), "line 6: expected the name of a file in the script's folder, found '../../passwd'"),
      (module("a/../b.wasm"), "found 'a/../b.wasm'"), (module("/etc/passwd"), "found '/etc/passwd'"),
      (module(""), "found ''"),
      (argument("i32", "4294967296"), "expected the bits of an i32 as a decimal number, found '4294967296'"),
      (argument("f32", "nan:canonical"), "expected the bits of an f32"), (argument("i64", "-1"), "expected the bits"),
      (argument("v128", "1"), "expected i32, i64, f32 or f64, found 'v128'"),
    ])
  func errors(_ json: String, _ expected: String) throws {
    let message = try #require(self.message(json))
    #expect(message.contains(expected), "\(message)")
    #expect(!message.contains("\n"))
  }

  private static func module(_ filename: String) -> String {
    #"{"commands": [{"type": "module", "line": 6, "filename": "\#(filename)"}]}"#
  }

  private static func argument(_ type: String, _ value: String) -> String {
    #"{"commands": [{"type": "action", "line": 5, "action": "#
      + #"{"type": "invoke", "field": "f", "args": [{"type": "\#(type)", "value": "\#(value)"}]}}]}"#
  }

  @Test("A file that is not there")
  func missingFile() {
    #expect(throws: ScriptError.self) { try SpecificationScript(file: "/nowhere/script.json") }
  }

  @Test("Modules lie in the script's folder")
  func paths() throws {
    let script = try read(#"{"commands": [{"type": "module", "line": 1, "filename": "a b.wasm"}]}"#)
    guard case .module(let module, nil)? = script.commands.first?.kind else {
      Issue.record("expected a module")
      return
    }
    #expect(script.path(of: module).hasSuffix("folder/a b.wasm"))
  }
}
