/// An engine whose run is a planned one.
package protocol PlannedEngine: BlockEngine {
  var run: PlannedRun { get set }
  /// Called before tokens are read: the time to put faster means in the place of slower ones.
  mutating func prepare()
}

extension PlannedEngine {
  package mutating func prepare() {}

  public var vocabularySize: Int { run.model.vocabularySize }

  public var position: Int { run.position }

  public mutating func advance(_ token: Int) throws(EngineError) {
    prepare()
    try run.advance(token)
  }

  public mutating func step(_ token: Int) throws(EngineError) -> Int {
    prepare()
    return try run.step(token)
  }

  public mutating func read(_ tokens: [Int32]) throws(EngineError) {
    prepare()
    try run.read(tokens)
  }

  public mutating func predictions(after tokens: [Int32]) throws(EngineError) -> [Int32] {
    prepare()
    return try run.predictions(after: tokens)
  }

  public mutating func accept(_ draft: [Int32]) throws(EngineError) -> DraftOutcome {
    prepare()
    return try run.accept(draft)
  }

  /// How many tokens are generated before faster means are looked for.
  private static var interval: Int { 1024 }

  /// Reads a token, then what it predicts itself, until it has predicted so many tokens, at least one, or one that stops.
  ///
  /// - Parameter stops: Which tokens do, by their ids.
  /// - Throws: `EngineError` as `step` does.
  package mutating func continued(after token: Int, limit: Int, stops: [Bool]) throws(EngineError) -> [Int32] {
    var tokens: [Int32] = []
    var last = token
    repeat {
      prepare()
      tokens += try run.generate(after: last, limit: min(limit - tokens.count, Self.interval), stops: stops)
      last = Int(tokens[tokens.count - 1])
    } while tokens.count < limit && !(stops.indices.contains(last) && stops[last])
    return tokens
  }
}
