extension Schedule {
  /// A number in hexadecimal that tells two schedules of one graph apart: the same for equal schedules on every machine.
  ///
  /// A solver's second run that finds another optimum has the same width and another fingerprint.
  public var fingerprint: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ value: Int) {
      for shift in stride(from: 0, to: 64, by: 8) {
        hash ^= UInt64(truncatingIfNeeded: value >> shift) & 0xff
        hash &*= 0x100_0000_01b3
      }
    }
    mix(modelWidth)
    mix(layerCount)
    mix(reuse == .immediate ? 0 : 1)
    for placement in placements { mix(placement.time) }
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
