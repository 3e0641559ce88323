/// Operations on strings by Unicode scalars, which is what Python's strings are made of. All of them work on UTF-8,
/// where a well-formed string is found only where its scalars are.
extension String {
  /// Where `part` first stands, as a range of UTF-8 offsets.
  func range(ofScalars part: String) -> Range<Int>? { ranges(ofScalars: part, limit: 1).first }

  /// Where `part` last stands, as a range of UTF-8 offsets.
  func lastRange(ofScalars part: String) -> Range<Int>? { ranges(ofScalars: part, limit: 1, fromEnd: true).first }

  /// The ranges of UTF-8 offsets where `part` stands, at most `limit` of them, in ascending order: those that a search
  /// from the start finds, or from the end, each behind the one before. An empty part stands only where the search
  /// starts.
  /// - Complexity: O(n) in the length of both strings.
  func ranges(ofScalars part: String, limit: Int = .max, fromEnd: Bool = false) -> [Range<Int>] {
    guard limit > 0 else { return [] }
    let count = utf8.count
    guard part.utf8.count <= count else { return [] }
    guard !part.isEmpty else { return fromEnd ? [count..<count] : [0..<0] }
    if !fromEnd { return ByteSearch(Array(part.utf8)).matches(in: Array(utf8), limit: limit) }
    let mirrored = ByteSearch(part.utf8.reversed()).matches(in: utf8.reversed(), limit: limit)
    return mirrored.reversed().map { count - $0.upperBound..<count - $0.lowerBound }
  }

  /// The part between two UTF-8 offsets, which must lie between scalars.
  func utf8Part(_ range: Range<Int>) -> String {
    String(decoding: utf8.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
  }

  /// The number of scalars: of bytes that do not continue a sequence.
  var scalarCount: Int {
    var text = self
    return text.withUTF8 { bytes in
      var count = 0
      for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
      return count
    }
  }

  /// The scalar at a position, which must be one of the string's.
  func scalar(at position: Int, count: Int) -> String {
    if count == utf8.count { return utf8Part(position..<position + 1) }
    let scalars = unicodeScalars
    return String(scalars[scalars.index(scalars.startIndex, offsetBy: position)])
  }

  /// The string so many times over; none for a negative count.
  func repeated(_ count: Int) -> String {
    guard count > 0, let first = utf8.first else { return "" }
    let unit = Array(utf8)
    if unit.count == 1 { return String(decoding: [UInt8](repeating: first, count: count), as: UTF8.self) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(unit.count * count)
    for _ in 0..<count { bytes += unit }
    return String(decoding: bytes, as: UTF8.self)
  }

  func startsWithScalars(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

  func endsWithScalars(_ suffix: String) -> Bool {
    utf8.count >= suffix.utf8.count && utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  /// The string without scalars for which `isDropped` holds at its start, its end or both.
  func stripped(
    left: Bool = true, right: Bool = true, _ isDropped: (Unicode.Scalar) -> Bool
  ) -> String {
    var scalars = Substring(self).unicodeScalars
    if left { while let first = scalars.first, isDropped(first) { scalars.removeFirst() } }
    if right { while let last = scalars.last, isDropped(last) { scalars.removeLast() } }
    return String(scalars)
  }

  /// The lines, without their ends, as Python's `splitlines` finds them.
  func splitLines(keepingEnds: Bool = false) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var isAfterReturn = false
    func endLine() {
      lines.append(String(line))
      line = String.UnicodeScalarView()
    }
    for scalar in unicodeScalars {
      if isAfterReturn {
        isAfterReturn = false
        if scalar == "\n" {
          if keepingEnds { lines[lines.count - 1].unicodeScalars.append(scalar) }
          continue
        }
      }
      guard scalar.isLineEnd else {
        line.append(scalar)
        continue
      }
      if keepingEnds { line.append(scalar) }
      isAfterReturn = scalar == "\r"
      endLine()
    }
    if !line.isEmpty { endLine() }
    return lines
  }
}

extension Unicode.Scalar {
  fileprivate var isLineEnd: Bool {
    switch value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
