/// A request's place among all, which never changes: with it alone a request that runs is chosen to give its pages up.
///
/// A priority is worth a time of waiting, so that a low one is not overtaken for ever; without aging it decides alone.
struct Rank: Hashable, Comparable, Sendable {
  private let level: Int
  private let time: Duration
  private let order: Int

  /// - Parameter order: the number of the request's submission.
  init(_ request: ServingRequest, arrival: Duration, order: Int, agingInterval: Duration?) {
    level = agingInterval == nil ? -request.priority : 0
    time = agingInterval.map { arrival - $0 * request.priority } ?? arrival
    self.order = order
  }

  static func < (one: Self, other: Self) -> Bool {
    (one.level, one.time, one.order) < (other.level, other.time, other.order)
  }
}
