import Attention

extension HeadCache {
  /// The same as `query`, for caches that are elements of something.
  ///
  /// What is called on an element in place is copied first unless it may change it, and copying a cache can cost more
  /// than searching it.
  @inline(__always)
  mutating func queryInPlace(_ query: SIMD2<Double>) -> SIMD2<Double> {
    self.query(query)
  }
}
