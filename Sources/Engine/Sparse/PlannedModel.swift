import Transformer

/// A model as its engines run it: translated to a program, with what never changes in a run. Forks of a run share it.
///
/// It is unchecked for `Sendable` because of a pointer, behind which nothing is written after the initialiser.
final class PlannedModel: @unchecked Sendable {
  let vocabularySize: Int
  let program: SparseProgram
  /// The program for many positions at once.
  let blocks: BlockProgram
  let outputHead: SparseOutputHead
  let embedding: UnsafePointer<Double>  // [V, embedding columns]

  init(_ model: TransformerModel) {
    let lowering = ModelLowering(model)
    let (program, numbers) = ProgramBuilder.build(lowering, embedding: model.embedding)
    vocabularySize = model.vocabularySize
    self.program = program
    blocks = BlockProgram(lowering, program, numbers: numbers)
    outputHead = SparseOutputHead(lowering.scores, numbers: numbers)
    let table = UnsafeMutablePointer<Double>.allocate(capacity: program.embedding.count)
    for (place, number) in program.embedding.enumerated() { (table + place).initialize(to: number) }
    embedding = UnsafePointer(table)
  }

  deinit {
    embedding.deallocate()
  }
}
