import WebAssembly

/// Something that can be called: a function of the module, or an operation that the base profile lacks.
enum CodeUnit: Hashable, Sendable {
  case function(FunctionIndex)
  case subroutine(Subroutine)
}
