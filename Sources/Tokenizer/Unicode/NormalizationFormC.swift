/// Unicode normalization form C.
package struct NormalizationFormC {
  private let mappings = CanonicalMappings.shared

  /// The form that the reference tokenizer knows, of Unicode 9.
  package init() {}

  /// The normal form of `text`, well-formed UTF-8; nil where it is `text` itself.
  ///
  /// Only stretches around a scalar that could change are normalized: from the last stable scalar in front of it to the
  /// next stable one.
  package func normalize(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var stretch = nextUnstableStretch(in: text, from: 0)
    guard stretch != nil else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var copied = 0
    while let found = stretch {
      output.append(contentsOf: text[copied..<found.lowerBound])
      for scalar in normalize(decoding(UnsafeBufferPointer(rebasing: text[found]))) {
        output.append(contentsOf: UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
      }
      copied = found.upperBound
      stretch = nextUnstableStretch(in: text, from: copied)
    }
    output.append(contentsOf: text[copied...])
    return output
  }

  /// The normal form of a sequence of scalars.
  package func normalize(_ scalars: [UInt32]) -> [UInt32] {
    var decomposed: [UInt32] = []
    decomposed.reserveCapacity(scalars.count * 2)
    for scalar in scalars { mappings.decompose(scalar, into: &decomposed) }
    let classes = order(&decomposed)
    return compose(decomposed, classes)
  }

  private func nextUnstableStretch(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
    mappings.isUnstable.withUnsafeBufferPointer { isUnstable in
      var offset = start
      var lastStable = start
      while offset < text.count {
        // No scalar before U+0300 is unstable, and their first bytes are those below 0xCC.
        if text[offset] < 0xCC {
          lastStable = offset
          offset += text[offset] < 0x80 ? 1 : 2
          continue
        }
        let scalar = DecodedScalar(text, at: offset)
        if scalar.value < isUnstable.count, isUnstable[scalar.value] != 0 { break }
        lastStable = offset
        offset += scalar.length
      }
      guard offset < text.count else { return nil }
      // Text that is decomposed throughout is one stretch: a stable scalar ends it only if another one follows.
      var end = offset
      var isPastStable = false
      while offset < text.count {
        let scalar = DecodedScalar(text, at: offset)
        let isStable = scalar.value >= isUnstable.count || isUnstable[scalar.value] == 0
        if isStable, isPastStable { break }
        offset += scalar.length
        isPastStable = isStable
        if !isStable { end = offset }
      }
      return lastStable..<end
    }
  }

  private func decoding(_ text: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var scalars: [UInt32] = []
    var offset = 0
    while offset < text.count {
      let scalar = DecodedScalar(text, at: offset)
      scalars.append(UInt32(scalar.value))
      offset += scalar.length
    }
    return scalars
  }

  /// Sorts each run of marks by combining class, equal classes in their order, and returns the classes.
  private func order(_ scalars: inout [UInt32]) -> [UInt8] {
    var classes = scalars.map(mappings.combiningClass)
    var start = 0
    while start < scalars.count {
      guard classes[start] != 0 else {
        start += 1
        continue
      }
      let end = classes[start...].firstIndex(of: 0) ?? classes.endIndex
      defer { start = end }
      if zip(classes[start..<end], classes[(start + 1)..<end]).allSatisfy({ $0 <= $1 }) { continue }
      let run = (start..<end).sorted { (classes[$0], $0) < (classes[$1], $1) }
      let (orderedScalars, orderedClasses) = (run.map { scalars[$0] }, run.map { classes[$0] })
      scalars.replaceSubrange(start..<end, with: orderedScalars)
      classes.replaceSubrange(start..<end, with: orderedClasses)
    }
    return classes
  }

  /// Joins each starter with the marks and starters that follow it and are not blocked from it.
  private func compose(_ scalars: [UInt32], _ classes: [UInt8]) -> [UInt32] {
    var output: [UInt32] = []
    var starter: Int?
    var lastClass: UInt8 = 0
    for (scalar, combiningClass) in zip(scalars, classes) {
      if let position = starter {
        let follows = position == output.count - 1
        let isBlocked = !follows && (lastClass >= combiningClass)
        if !isBlocked, let composed = mappings.compose(output[position], scalar) {
          output[position] = composed
          continue
        }
      }
      if combiningClass == 0 { starter = output.count }
      lastClass = combiningClass
      output.append(scalar)
    }
    return output
  }
}
