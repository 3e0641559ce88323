import Transformer

/// A run of a planned model: interpreted, or by the code compiled for it. It may get the code at any time.
///
/// A head whose keys are integers on a parabola is searched by number until a key or a query shows that they are not; then the
/// run is read again with a hull in its place.
package struct PlannedRun: Sendable {
  let model: PlannedModel
  var code: CompiledCode?
  var position = 0
  var memory: RunMemory
  var fallback = HullFallback()
  private var recency = NeighbouringRecency(of: 0)
  /// The memory once more while it is frozen, so that it counts as shared and is copied before anything is read.
  private var frozen: RunMemory?

  init(_ model: PlannedModel, code: CompiledCode? = nil) {
    self.model = model
    self.code = code
    memory = RunMemory(model)
  }

  /// Reads a token.
  @inline(__always)
  mutating func advance(_ token: Int) throws(EngineError) {
    _ = try read(token)
  }

  /// Reads a token and returns the next.
  @inline(__always)
  mutating func step(_ token: Int) throws(EngineError) -> Int {
    let next = try read(token)
    return next >= 0 ? next : model.outputHead.best(memory.state.pointee.registers)
  }

  /// Reads a token, then what it predicts itself, until it has predicted so many tokens or one that stops.
  mutating func generate(after token: Int, limit: Int, stops: [Bool]) throws(EngineError) -> [Int32] {
    var tokens: [Int32] = []
    tokens.reserveCapacity(limit)
    var next = token
    repeat {
      next = try step(next)
      tokens.append(Int32(truncatingIfNeeded: next))
    } while tokens.count < limit && !(stops.indices.contains(next) && stops[next])
    return tokens
  }

  /// Reads a token; the next, or −1 when the registers tell.
  @inline(__always)
  private mutating func read(_ token: Int) throws(EngineError) -> Int {
    guard token >= 0, token < model.vocabularySize else {
      throw EngineError(.unknownToken(token, vocabularySize: model.vocabularySize), position: position)
    }
    guard position < SparseEngine.positionLimit else {
      throw EngineError(.tooManyPositions(limit: SparseEngine.positionLimit), position: position)
    }
    makeUnique()
    var next = run(token, at: position)
    while let hull = memory.refusedHull { next = readAgain(withHull: hull) }
    position += 1
    return next
  }

  /// Makes sure that no copy of this run shares its memory.
  @inline(__always)
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&memory) {
      memory = memory.copy(positions: position)
      frozen = nil
    }
  }

  /// Lets copies share what the run remembers until they write to it.
  ///
  /// A copy that goes on costs O(heads) then, however much was read; freezing itself copies everything once.
  package mutating func freeze() {
    guard frozen == nil else { return }
    memory = memory.frozen(positions: position)
    frozen = memory
  }

  /// Bytes of memory that the run takes for itself: what it shares with others it was copied from is not among them.
  package var ownByteCount: Int { memory.ownByteCount }

  @inline(__always)
  private mutating func run(_ token: Int, at position: Int) -> Int {
    memory.append(token, at: position)
    if !recency.contains(position) { recency = NeighbouringRecency(of: position) }
    let encoding = PositionEncoding(position, in: recency)
    if let code {
      let next = code.step(memory.state, token, position, encoding.inverseLog)
      if next != CompiledCode.declined { return next }
    }
    model.program.run(token: token, at: encoding, position: position, memory: memory)
    return -1
  }

  /// Reads all tokens again with a hull in the place of an index that could not go on; the token after the last, as `read` has it.
  private mutating func readAgain(withHull hull: Int) -> Int {
    let old = memory
    // Its tokens are read by address, of which the compiler does not know that they end with it.
    defer { withExtendedLifetime(old) {} }
    fallback.note(hull, of: model.program.insertions.count)
    memory = RunMemory(model, needHull: fallback.needHull)
    var next = -1
    for position in 0...position where memory.refusedHull == nil {
      next = run(old.token(at: position), at: position)
    }
    return next
  }
}
