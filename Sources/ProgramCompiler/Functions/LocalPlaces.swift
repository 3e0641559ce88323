import WebAssembly

/// Where a function's local variables are: those of 64 bits are two words, the lower one first.
struct LocalPlaces {
  /// The words of all variables together.
  let wordCount: Int
  private let parameterCount: Int
  /// The runs of one type behind the parameters: the first variable and the first word of each.
  private let runs: [(range: Range<Int>, word: Int, isDouble: Bool)]

  /// The places of a function's variables, whose parameters are words.
  ///
  /// - Throws: ``ProgramCompilerError`` for a variable of another type than i32 and i64.
  init(_ function: Function, parameterCount: Int) throws(ProgramCompilerError) {
    self.parameterCount = parameterCount
    var (index, word) = (parameterCount, parameterCount)
    var runs: [(range: Range<Int>, word: Int, isDouble: Bool)] = []
    for run in function.locals where run.count > 0 {
      guard run.type == .i32 || run.type == .i64 else {
        throw ProgramCompilerError(.unsupported("a value of type \(run.type.rawValue)"), offset: function.offset)
      }
      runs.append((index..<index + Int(run.count), word, run.type == .i64))
      index += Int(run.count)
      word += Int(run.count) * (run.type == .i64 ? 2 : 1)
    }
    self.runs = runs
    wordCount = word
  }

  /// The number of variables.
  var count: Int { runs.last?.range.upperBound ?? parameterCount }

  /// The first word of a variable and whether it has two; nil when there is no such variable.
  func word(of index: LocalIndex) -> (place: UInt32, isDouble: Bool)? {
    if index < parameterCount { return (index, false) }
    guard let run = runs.first(where: { $0.range.contains(Int(index)) }) else { return nil }
    let word = run.word + (Int(index) - run.range.lowerBound) * (run.isDouble ? 2 : 1)
    return (UInt32(word), run.isDouble)
  }
}
