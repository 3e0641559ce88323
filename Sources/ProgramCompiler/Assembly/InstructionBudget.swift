/// How many instructions a program may have, and has so far.
struct InstructionBudget {
  let limit: Int
  /// As they are emitted: neighbours that are joined later count as two.
  private(set) var count = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// - Throws: ``ProgramCompilerError`` when there are more than there may be.
  mutating func add(_ count: Int) throws(ProgramCompilerError) {
    try check(adding: count)
    self.count += count
  }

  /// - Parameter offset: where the module asks for the code emitted last.
  /// - Throws: ``ProgramCompilerError`` when there would be more than there may be.
  func check(adding count: Int, offset: Int? = nil) throws(ProgramCompilerError) {
    guard self.count + count <= limit else {
      throw ProgramCompilerError(.unsupported("a program of more than \(limit) instructions"), offset: offset)
    }
  }
}
