import PrefixTree

/// A request, and how far it is.
struct ServedSequence: Sendable {
  let request: ServingRequest
  let arrival: Duration
  let rank: Rank
  /// The prompt's tokens, then the generated ones.
  var tokens: [Int]
  /// The tokens whose keys and values are in the pages; of no meaning while there are none.
  var computed = 0
  var pages: SequencePages
  /// The positions that the current step computes.
  var planned: Range<Int>?
  /// Whether it ever ran.
  var hasBegun = false

  init(_ request: ServingRequest, arrival: Duration, rank: Rank, pageSize: Int) {
    self.request = request
    self.arrival = arrival
    self.rank = rank
    tokens = request.prompt
    pages = SequencePages(pageSize: pageSize, namespace: request.namespace, priority: request.priority)
  }

  var generatedCount: Int { tokens.count - request.prompt.count }
}
