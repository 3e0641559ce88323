import ProgramCompiler
import WebAssembly
import WebAssemblyValidation

/// A module that has gone the way of every file: decoded, validated, compiled.
struct PreparedModule {
  let bytes: [UInt8]
  /// nil when it is not valid, or cannot be compiled; then ``refusal`` says why.
  let compiled: FullCompiledModule?
  let refusal: String?
  let isValid: Bool

  init(_ module: Module) {
    bytes = module.encoded()
    var isValid = false
    do {
      let decoded = try Module(decoding: bytes)
      try decoded.validate()
      isValid = true
      compiled = try FullProgramCompiler().compile(decoded)
      refusal = nil
    } catch {
      compiled = nil
      refusal = "\(error)"
    }
    self.isValid = isValid
  }
}
