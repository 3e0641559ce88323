import Engine

/// What reads known tokens and predicts the one after each.
protocol TokenReader {
  /// By which means it reads.
  var name: String { get }
  /// One line about what keeps a faster reader from reading; nil when nothing does.
  var warning: String? { get }
  mutating func read(_ tokens: [Int32]) throws
  mutating func predictions(after tokens: [Int32]) throws -> [Int32]
  /// What goes on behind the tokens that were read.
  var predictor: any TokenPredictor { get }
}

extension TokenReader where Self: TokenPredictor {
  var predictor: any TokenPredictor { self }
}

extension SparseEngine: TokenReader {}

extension AutomaticEngine: TokenReader {}

extension Executor {
  /// Something at position 0 that reads known tokens as fast as the executor can.
  func makeReader() -> any TokenReader {
    let predictor = makePredictor()
    return predictor as? any TokenReader ?? SteppingReader(predictor)
  }
}

/// Reads known tokens one by one, for what has no blocks.
struct SteppingReader: TokenReader {
  private(set) var predictor: any TokenPredictor

  init(_ predictor: any TokenPredictor) {
    self.predictor = predictor
  }

  var name: String { predictor.name }
  var warning: String? { predictor.warning }

  mutating func read(_ tokens: [Int32]) throws {
    for token in tokens { _ = try predictor.predict(after: Int(token)) }
  }

  mutating func predictions(after tokens: [Int32]) throws -> [Int32] {
    try tokens.map { Int32(truncatingIfNeeded: try predictor.predict(after: Int($0))) }
  }
}
