import WebAssembly
import WebAssemblyValidation

/// What decoder and validation say of a module.
enum ModuleJudgement {
  case valid(Module)
  /// Not in the binary format; the message begins as the suite words it.
  case malformed(String)
  /// Breaks a rule; the message begins as the suite words it.
  case invalid(String)

  init(_ bytes: [UInt8]) {
    do {
      let module = try Module(decoding: bytes)
      try module.validate()
      self = .valid(module)
    } catch let error as WebAssembly.DecodingError {
      self = .malformed(error.description)
    } catch let error as ValidationError {
      self = .invalid(error.description)
    } catch {
      self = .invalid("\(error)")
    }
  }

  /// The judgement in a few words, for a report.
  var summary: String {
    switch self {
    case .valid: "a valid module"
    case .malformed(let message): "a malformed one: \(message)"
    case .invalid(let message): "an invalid one: \(message)"
    }
  }

  /// What becomes of an assertion that a module is malformed.
  func isMalformed(_ text: String) -> CommandOutcome {
    if case .malformed(let message) = self, message.hasPrefix(text) { return .passed }
    return .failed("expected a malformed module (\(text)), found \(summary)")
  }

  /// What becomes of an assertion that a module is invalid.
  func isInvalid(_ text: String) -> CommandOutcome {
    if case .invalid(let message) = self, message.hasPrefix(text) { return .passed }
    return .failed("expected an invalid module (\(text)), found \(summary)")
  }
}
