/// A program in the processor's own instructions, with what never changes in a run. Forks of a run share it.
///
/// It is unchecked for `Sendable` because of a pointer, behind which nothing is written after the initialiser.
final class CompiledCode: @unchecked Sendable {
  let program: SparseProgram
  let outputHead: SparseOutputHead
  let embedding: UnsafePointer<Double>  // [V, embedding columns]
  let step: CompiledStep
  private let library: CodeLibrary

  /// - Throws: `CompilationError` when the library is not one for this version of the engine.
  init(_ program: SparseProgram, _ outputHead: SparseOutputHead, in library: CodeLibrary) throws(CompilationError) {
    self.program = program
    self.outputHead = outputHead
    self.library = library
    typealias Interface = @convention(c) () -> Int
    guard unsafeBitCast(try library.symbol(CodeWriter.interfaceName), to: Interface.self)() == CodeWriter.interface
    else {
      throw CompilationError(.notLoaded, "the compiled library is for another version")
    }
    step = unsafeBitCast(try library.symbol(CodeWriter.functionName), to: CompiledStep.self)
    let table = UnsafeMutablePointer<Double>.allocate(capacity: program.embedding.count)
    for (place, number) in program.embedding.enumerated() { (table + place).initialize(to: number) }
    embedding = UnsafePointer(table)
  }

  deinit {
    embedding.deallocate()
  }
}
