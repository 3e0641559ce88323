extension CompiledCode {
  /// As many products for each token are encoded; beyond that the code would not stay in the processor's caches.
  private static let encodedProductLimit = 1 << 16

  /// The code of a model by an encoder of our own: at once, and without any compiler.
  ///
  /// - Throws: `CompilationError` when the processor is no x86-64, the model is too large, or the system refuses memory for code.
  init(encoding model: PlannedModel, protect: @escaping ExecutableMemory.Protect) throws(CompilationError) {
    #if arch(x86_64)
      let products = model.program.products.count + model.outputHead.otherRows.products.count
      guard products <= Self.encodedProductLimit else {
        throw CompilationError(
          .tooLarge,
          "the model adds up \(products) products for each token; up to \(Self.encodedProductLimit) are encoded")
      }
      let memory = try ExecutableMemory(CodeEncoder.code(of: model), protect: protect)
      self.init(step: unsafeBitCast(memory.code, to: Step.self), block: nil, holder: memory)
    #else
      throw CompilationError(.unknownProcessor, "code is encoded for x86-64 alone")
    #endif
  }
}
