/// The local variables of all call depths.
///
/// As in the machine, the latest write at a depth and index is found, even one by an earlier call at that depth.
struct LocalVariables: Sendable {
  /// [call depths · locals per call], up to the deepest call that wrote one
  private var values: [UInt32?] = []

  /// A variable with an index below ``MachineLimits/localsPerCall``; nil when it was never written.
  subscript(callDepth: Int, index: Int) -> UInt32? {
    get {
      let key = callDepth * MachineLimits.localsPerCall + index
      return key < values.count ? values[key] : nil
    }
    set {
      let key = callDepth * MachineLimits.localsPerCall + index
      if key >= values.count {
        let missing = (callDepth + 1) * MachineLimits.localsPerCall - values.count
        values.append(contentsOf: repeatElement(nil, count: missing))
      }
      values[key] = newValue
    }
  }
}
