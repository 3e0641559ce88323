import Transformer

/// A model as its engines run it: translated to a program, with what never changes in a run. Forks of a run share it.
///
/// It is unchecked for `Sendable` because of pointers, behind which nothing is written after the initialiser.
final class PlannedModel: @unchecked Sendable {
  let vocabularySize: Int
  /// What the model computes, with functions in the place of neurons where possible.
  let program: SparseProgram
  /// The same as code computes it.
  let common: CommonProgram
  /// The same for many positions at once.
  let blocks: BlockProgram
  /// Chooses the next token by the registers of `program`.
  let outputHead: SparseOutputHead
  let embedding: UnsafePointer<Double>  // [V, embedding columns]
  /// The functions' tables, for compiled code.
  let functionTables: UnsafePointer<UnsafePointer<Double>>  // [functions] of [rows, results]

  init(_ model: TransformerModel) {
    let lowering = ModelLowering(model)
    let (program, numbers) = ProgramBuilder.build(lowering, embedding: model.embedding)
    vocabularySize = model.vocabularySize
    self.program = program
    outputHead = SparseOutputHead(lowering.scores, numbers: numbers)
    common = CommonProgram(program, outputs: outputHead.registers)
    blocks = BlockProgram(lowering, program, common, numbers: numbers)
    embedding = Self.fixed(program.embedding)
    functionTables = Self.fixed(program.functions.map { Self.fixed($0.table) })
  }

  /// A copy of an array at an address of its own.
  private static func fixed<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    for (place, element) in elements.enumerated() { (copy + place).initialize(to: element) }
    return UnsafePointer(copy)
  }

  deinit {
    for function in program.functions.indices { functionTables[function].deallocate() }
    functionTables.deallocate()
    embedding.deallocate()
  }
}
