/// When requests are sent.
package enum ArrivalPattern: Hashable, Sendable {
  /// At random moments, so many a second on average, whatever becomes of those before (a Poisson process).
  case rate(Double)
  /// Each as soon as an earlier one has ended, so that so many run at any time.
  case concurrency(Int)
}
