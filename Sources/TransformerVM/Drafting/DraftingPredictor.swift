import Engine

/// Lets a draft go ahead of an engine, which computes many of its tokens at once and keeps what it would have said itself.
///
/// How much of the draft is tried at a time follows from how much of it was right; a draft that costs more than it saves is given up.
struct DraftingPredictor<Predictor: TokenPredictor & BlockEngine>: TokenPredictor {
  private var predictor: Predictor
  private var queue: DraftQueue?
  /// Tokens of the draft that are not decided yet, from `place` on.
  private var draft: [Int32] = []
  private var place = 0
  /// Tokens that the engine has confirmed and nobody has asked for, from `given` on.
  private var confirmed: [Int32] = []
  private var given = 0
  /// How many tokens of the draft are tried at a time.
  private var length = 256
  /// For each id, whether the host goes on behind that token, if anyone; empty where there is no host.
  private let stops: [Bool]
  private var confirmedCount = 0
  private var wastedCount = 0

  private static var lengths: ClosedRange<Int> { 16...131_072 }
  /// The positions that may be computed in vain, besides so many for each confirmed token.
  private static var patience: Int { 65_536 }
  private static var patiencePerToken: Int { 4 }

  /// - Parameter stops: for each id, whether the host goes on behind that token, if anyone; empty where there is no host.
  init(_ predictor: Predictor, draft: some TokenDraft, stops: [Bool] = []) {
    self.predictor = predictor
    self.stops = stops
    queue = DraftQueue(draft)
  }

  var name: String { predictor.name + ", drafted" }
  var warning: String? { predictor.warning }

  mutating func predict(after prompt: [Int]) throws -> Int {
    // Where the token in front was confirmed together with what the model would say behind it, the model has read it.
    let isRead = given > 0 && given < confirmed.count
    let next = try predictor.predict(after: isRead ? Array(prompt.dropFirst()) : prompt)
    confirmed.removeAll(keepingCapacity: true)
    given = 0
    // The draft's guess of this token has been decided.
    _ = takeDraft(1)
    return next
  }

  /// - Precondition: The token is the one that was predicted last.
  mutating func predict(after token: Int) throws -> Int {
    if given < confirmed.count {
      given += 1
      return Int(confirmed[given - 1])
    }
    guard queue != nil else { return try predictor.predict(after: token) }
    try confirm(after: Int32(truncatingIfNeeded: token))
    return try predict(after: token)
  }

  var sliceLength: Int { queue == nil ? predictor.sliceLength : Self.lengths.upperBound }

  /// - Precondition: The token is the one that was predicted last.
  mutating func generate(after token: Int, limit: Int, stops: [Bool]) throws -> [Int32] {
    if given == confirmed.count, queue != nil { try confirm(after: Int32(truncatingIfNeeded: token)) }
    // Nothing new has been confirmed where the draft has just ended.
    guard given < confirmed.count else { return try predictor.generate(after: token, limit: limit, stops: stops) }
    let slice = confirmed[given...].prefix(limit)
    let stop = slice.firstIndex { stops.indices.contains(Int($0)) && stops[Int($0)] }
    let end = stop.map { $0 + 1 } ?? slice.endIndex
    defer { given = end }
    return Array(confirmed[given..<end])
  }

  /// Lets the engine read a token and as much of the draft as is right.
  private mutating func confirm(after token: Int32) throws {
    var guesses = Array(takeDraft(length))
    if !stops.isEmpty, let end = guesses.firstIndex(where: { stops.indices.contains(Int($0)) && stops[Int($0)] }) {
      giveBack(guesses.count - end - 1)
      guesses.removeLast(guesses.count - end - 1)
    }
    guard !guesses.isEmpty else {
      queue = nil
      return
    }
    let outcome = try predictor.accept([token] + guesses)
    let rightCount = outcome.acceptedCount - 1
    confirmed.removeAll(keepingCapacity: true)
    given = 0
    confirmed += guesses[..<rightCount]
    confirmed.append(outcome.next)
    confirmedCount += confirmed.count
    wastedCount += outcome.wastedCount
    // The token behind the right ones is decided as well.
    if rightCount < guesses.count {
      giveBack(guesses.count - rightCount - 1)
      length = min(max(rightCount, Self.lengths.lowerBound), Self.lengths.upperBound)
    } else {
      _ = takeDraft(1)
      length = min(2 * length, Self.lengths.upperBound)
    }
    if wastedCount > Self.patience + Self.patiencePerToken * confirmedCount { queue = nil }
  }

  private mutating func takeDraft(_ count: Int) -> ArraySlice<Int32> {
    if place == draft.count, let queue {
      draft = queue.take(upTo: count)
      place = 0
    }
    let end = min(place + count, draft.count)
    defer { place = end }
    return draft[place..<end]
  }

  /// Takes back so many of the guesses that were taken last.
  private mutating func giveBack(_ count: Int) {
    place -= count
  }
}
