/// The arithmetic between Hangul syllables and the jamo that they are made of.
enum Hangul {
  static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3
  static let leads: ClosedRange<UInt32> = 0x1100...0x1112
  static let vowels: ClosedRange<UInt32> = 0x1161...0x1175
  static let trailers: ClosedRange<UInt32> = 0x11A8...0x11C2

  private static let vowelCount: UInt32 = 21
  /// One more than there are trailers: a syllable may have none.
  private static let trailerCount: UInt32 = 28

  /// Appends the jamo of a syllable and returns true, or returns false for any other scalar.
  static func decompose(_ scalar: UInt32, into scalars: inout [UInt32]) -> Bool {
    guard syllables.contains(scalar) else { return false }
    let index = scalar - syllables.lowerBound
    scalars.append(leads.lowerBound + index / (vowelCount * trailerCount))
    scalars.append(vowels.lowerBound + index / trailerCount % vowelCount)
    let trailer = index % trailerCount
    if trailer > 0 { scalars.append(trailers.lowerBound + trailer - 1) }
    return true
  }

  /// The syllable of a lead and a vowel, or of a syllable without trailer and a trailer; nil for any other pair.
  static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if leads.contains(first), vowels.contains(second) {
      let index = (first - leads.lowerBound) * vowelCount + (second - vowels.lowerBound)
      return syllables.lowerBound + index * trailerCount
    }
    if syllables.contains(first), (first - syllables.lowerBound).isMultiple(of: trailerCount), trailers.contains(second)
    {
      return first + (second - trailers.lowerBound + 1)
    }
    return nil
  }
}
