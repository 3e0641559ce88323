public import ModuleExecution
public import WebAssembly

/// One command of a script.
public struct ScriptCommand: Hashable, Sendable {
  /// The line of the `.wast` file from which the command was made.
  public let line: Int
  public let kind: Kind

  /// What a command asks for. An assertion's text is how the message of what must happen begins.
  public enum Kind: Hashable, Sendable {
    /// Instantiates a module, which may have a name in the script.
    case module(ScriptModule, name: String?)
    /// Offers the exports of an instance, the latest one without a name, to imports from a module of this name.
    case register(as: Name, name: String?)
    case action(ScriptAction)
    case assertReturn(ScriptAction, [ExpectedValue])
    case assertTrap(ScriptAction, text: String)
    case assertExhaustion(ScriptAction, text: String)
    case assertMalformed(ScriptModule, text: String)
    case assertInvalid(ScriptModule, text: String)
    case assertUnlinkable(ScriptModule, text: String)
    /// The module's start function traps.
    case assertUninstantiable(ScriptModule, text: String)
  }

  /// The command's name in the script.
  public var name: String {
    switch kind {
    case .module: "module"
    case .register: "register"
    case .action: "action"
    case .assertReturn: "assert_return"
    case .assertTrap: "assert_trap"
    case .assertExhaustion: "assert_exhaustion"
    case .assertMalformed: "assert_malformed"
    case .assertInvalid: "assert_invalid"
    case .assertUnlinkable: "assert_unlinkable"
    case .assertUninstantiable: "assert_uninstantiable"
    }
  }
}

/// A module that stands in a file of its own.
public struct ScriptModule: Hashable, Sendable {
  /// The file's name, relative to the script's folder.
  public let filename: String
  /// Whether the file holds text instead of the binary format.
  public let isText: Bool
}

/// Something done with an export.
public struct ScriptAction: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Calls a function.
    case invoke([WebAssemblyValue])
    /// Reads a global.
    case get
  }

  public let kind: Kind
  /// The name that the script gave the module; nil for the latest one.
  public let module: String?
  /// The export's name.
  public let field: Name
}

extension ScriptCommand {
  init(_ raw: RawCommand, file: String) throws(ScriptError) {
    guard raw.line > 0 else { throw ScriptError("expected a line from 1 on, found \(raw.line)", file: file) }
    let reader = CommandReader(raw: raw, file: file)
    line = raw.line
    kind = try reader.kind()
  }
}
