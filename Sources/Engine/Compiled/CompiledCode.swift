/// A program in the processor's own instructions.
struct CompiledCode: Sendable {
  /// Reads a token: the `RunState`, the token, its position and the position's recency. It returns the next token, −1 when the output head
  /// has to choose by the registers, or `declined`.
  typealias Step = @convention(c) (UnsafeMutableRawPointer, Int, Int, Double) -> Int

  /// What a step returns that has done nothing, because the token is one of the few that it is not made for.
  static let declined = -2

  let step: Step
  private let library: CodeLibrary

  /// - Throws: `CompilationError` when the library is not one for this version of the engine.
  init(in library: CodeLibrary) throws(CompilationError) {
    self.library = library
    typealias Interface = @convention(c) () -> Int
    guard unsafeBitCast(try library.symbol(CodeWriter.interfaceName), to: Interface.self)() == CodeWriter.interface
    else {
      throw CompilationError(.notLoaded, "the compiled library is for another version")
    }
    step = unsafeBitCast(try library.symbol(CodeWriter.functionName), to: Step.self)
  }
}
