import Files
public import InstructionSet
public import WebAssembly

/// Why a source or module did not become a program.
public struct ProgramCompilerError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    /// A file could not be read, written or run; the reason in words.
    case file(String, reason: String)
    /// No C compiler for WebAssembly: each place that was looked at, and why it would not do.
    case noCompiler(tried: [String])
    /// The C compiler refused the source; what it said.
    case compilation(diagnostics: String)
    /// The bytes are not a WebAssembly module.
    case malformed(DecodingError)
    /// The module cannot be valid: what was expected.
    case invalid(expected: String)
    /// A valid module that the machine of a profile cannot execute: the name of what stands in the way.
    case unsupported(String, by: MachineProfile = .base)
    /// An import of what is not provided.
    case unknownImport(Import)
    /// An import of what is provided with another type.
    case incompatibleImport(Import, expected: ExternalType)
    /// More local variables in one function than the machine of a profile addresses, or a program can set to zero.
    case tooManyLocals(count: Int, limit: Int, by: MachineProfile = .base)
    /// Nothing to run: no exported function of this name.
    case missingEntry(String)
    /// Nothing to run in the full profile.
    case nothingToRun
    /// The input does not go with the program.
    case input(ProgramError)
  }

  /// What is wrong.
  public let kind: Kind
  /// The byte of the module at which it is wrong, where there is one.
  public let offset: Int?
  /// The function that it is in, where it is in one: its name in quotes, or its index in a module without names.
  public let function: String?

  init(_ kind: Kind, offset: Int? = nil, function: String? = nil) {
    self.kind = kind
    self.offset = offset
    self.function = function
  }

  /// The same, in a function.
  func inFunction(_ name: String) -> ProgramCompilerError {
    ProgramCompilerError(kind, offset: offset, function: name)
  }

  /// The same without the offset: for sources whose module nobody sees.
  package var withoutOffset: ProgramCompilerError {
    ProgramCompilerError(kind, function: function)
  }
}

extension ProgramCompilerError: CustomStringConvertible {
  /// What is wrong and where; one line, but for what a C compiler said.
  public var description: String {
    if case .compilation(let diagnostics) = kind { return diagnostics }
    let place = offset.map { " at byte \($0) (0x\(String($0, radix: 16)))" } ?? ""
    return (message + (function.map { ", in function \($0)" } ?? "") + place).oneLine
  }

  private var message: String {
    switch kind {
    case .file(let path, let reason): "\(path): \(reason)"
    case .noCompiler(let tried):
      "no clang that compiles to WebAssembly; tried " + tried.joined(separator: "; ")
    case .compilation(let diagnostics): diagnostics
    case .malformed(let error): error.description
    case .invalid(let expected): "invalid module: expected \(expected)"
    case .unsupported(let name, let profile): "\(name) is not supported by the \(profile.rawValue) profile"
    case .unknownImport(let item): "unknown import: nothing provides '\(item.module).\(item.name)'"
    case .incompatibleImport(let item, let expected):
      "incompatible import type: '\(item.module).\(item.name)' is \(expected)"
    case .tooManyLocals(let count, let limit, let profile):
      "a function needs \(count) local variables; the \(profile.rawValue) profile has \(limit)"
    case .missingEntry(let name):
      "the module has nothing to run: expected an exported function '\(name)' that takes one i32 or nothing"
    case .nothingToRun:
      "the module has nothing to run: expected an exported function '_start', 'main' or 'compute'"
    case .input(let error): error.description
    }
  }
}
