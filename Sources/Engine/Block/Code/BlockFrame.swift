/// What the compiled code for blocks works on, by address. Every field is 8 bytes; `BlockPrelude` declares the same structure in C.
struct BlockFrame {
  /// Says which part of the work comes next, a `BlockProfile.Part`.
  typealias Enter = @convention(c) (UnsafeMutableRawPointer?, Int) -> Void

  var rows: UnsafeMutablePointer<Double>  // [rows, width]
  var first: Int
  var count: Int
  /// Room for the token after each position; nil when nobody asks.
  var predictions: UnsafeMutablePointer<Int32>?
  /// Room for one change for each position and hull; nil when nobody will withdraw positions.
  var changes: UnsafeMutablePointer<KeyChange>?
  var changeCount = 0
  /// Called with the sampler when each part begins; nil when nobody watches.
  var enter: Enter?
  var sampler: UnsafeMutableRawPointer?
}

/// An entry of an index before it was replaced.
struct KeyChange {
  let hull: Int32
  let number: Int32
  let entry: KeyEntry
}
