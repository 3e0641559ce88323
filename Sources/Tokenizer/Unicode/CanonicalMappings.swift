/// Canonical decompositions, compositions and combining classes, as the reference tokenizer knows them (Unicode 9).
///
/// Hangul syllables are computed and stand in no table. Scalars that Unicode assigned later are left as they are.
struct CanonicalMappings: Sendable {
  static let shared = CanonicalMappings()

  /// For each scalar, whether text without it is sure to be left alone by NFC around that place: 0, or 1 for a scalar
  /// that has a combining class, is always replaced, or may compose with the one in front. Scalars past the end: 0.
  let isUnstable: [UInt8]

  private let classes: [UInt32: UInt8]
  private let decompositions: [UInt32: (UInt32, UInt32?)]
  private let compositions: [UInt64: UInt32]

  private init() {
    var classes: [UInt32: UInt8] = [:]
    var decompositions: [UInt32: (UInt32, UInt32?)] = [:]
    var compositions: [UInt64: UInt32] = [:]
    var unstable = Set(Hangul.vowels).union(Hangul.trailers)
    GeneratedTable(Self.combiningClassRanges).forEachWord { numbers in
      for scalar in numbers[0]...numbers[1] { classes[scalar] = UInt8(truncatingIfNeeded: numbers[2]) }
      unstable.formUnion(numbers[0]...numbers[1])
    }
    GeneratedTable(Self.composites).forEachWord { numbers in
      decompositions[numbers[0]] = (numbers[1], numbers[2])
      compositions[Self.pair(numbers[1], numbers[2])] = numbers[0]
      unstable.insert(numbers[2])
    }
    GeneratedTable(Self.oneWay).forEachWord { numbers in
      decompositions[numbers[0]] = (numbers[1], numbers.count > 2 ? numbers[2] : nil)
      unstable.insert(numbers[0])
    }
    var isUnstable = [UInt8](repeating: 0, count: Int(unstable.max() ?? 0) + 1)
    for scalar in unstable { isUnstable[Int(scalar)] = 1 }
    self.isUnstable = isUnstable
    self.classes = classes
    self.decompositions = decompositions
    self.compositions = compositions
  }

  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  /// The canonical combining class of `scalar`; 0 for starters.
  func combiningClass(_ scalar: UInt32) -> UInt8 { classes[scalar] ?? 0 }

  /// Appends the full canonical decomposition of `scalar`, marks not yet in order.
  func decompose(_ scalar: UInt32, into scalars: inout [UInt32]) {
    if Hangul.decompose(scalar, into: &scalars) { return }
    guard let (first, second) = decompositions[scalar] else {
      scalars.append(scalar)
      return
    }
    decompose(first, into: &scalars)
    if let second { decompose(second, into: &scalars) }
  }

  /// The scalar that `first` and `second` compose into, if they do.
  func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    Hangul.compose(first, second) ?? compositions[Self.pair(first, second)]
  }
}
