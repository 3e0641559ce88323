/// What the split patterns ask of a Unicode scalar.
package enum ScalarClass: UInt8 {
  /// None of the others.
  case other = 0
  /// `\p{L}`
  case letter = 1
  /// `\p{N}`
  case number = 2
  /// `\s`
  case space = 3
}

/// The class of every Unicode scalar, as the reference tokenizer's regular expressions see it (Unicode 16).
///
/// The tables are ours rather than the standard library's, so that token ids do not depend on the system's Unicode
/// version: a scalar assigned later is `other` here, as it is for the reference.
package struct ScalarClasses: Sendable {
  /// The tables, read once.
  package static let shared = ScalarClasses()

  /// The raw value of each scalar's class; scalars past the end are `other`.
  let table: [UInt8]

  private init() {
    var table: [UInt8] = []
    let ranges: [(StaticString, ScalarClass)] = [
      (Self.letterRanges, .letter), (Self.numberRanges, .number), (Self.spaceRanges, .space),
    ]
    for (words, scalarClass) in ranges {
      GeneratedTable(words).forEachWord { numbers in
        let first = Int(numbers[0])
        let last = Int(numbers.count > 1 ? numbers[1] : numbers[0])
        if table.count <= last { table.append(contentsOf: repeatElement(0, count: last + 1 - table.count)) }
        for scalar in first...last { table[scalar] = scalarClass.rawValue }
      }
    }
    self.table = table
  }

  /// The class of `scalar`.
  package subscript(scalar: Unicode.Scalar) -> ScalarClass {
    let value = Int(scalar.value)
    return value < table.count ? ScalarClass(rawValue: table[value]) ?? .other : .other
  }
}
