/// Where the large numbers of a long list are, found by keeping the largest of each few; NaN counts as −∞.
struct LargestNumbers {
  private static let pieceSize = 64

  private let numbers: [Float]
  /// The numbers that count; those after them do not exist.
  private let count: Int
  /// The largest number of each piece.
  private let maxima: [Float]

  /// Looks at the first `count` numbers.
  init(_ numbers: [Float], count: Int) {
    self.numbers = numbers
    self.count = min(count, numbers.count)
    let limit = self.count
    maxima = numbers.withUnsafeBufferPointer { numbers in
      stride(from: 0, to: limit, by: Self.pieceSize).map { first in
        Self.largest(UnsafeBufferPointer(rebasing: numbers[first..<min(first + Self.pieceSize, limit)]))
      }
    }
  }

  private static func largest(_ piece: UnsafeBufferPointer<Float>) -> Float {
    guard piece.count == pieceSize, let start = piece.baseAddress else {
      return piece.reduce(-.infinity) { $1 > $0 ? $1 : $0 }
    }
    var lanes = SIMD16<Float>(repeating: -.infinity)
    for offset in stride(from: 0, to: pieceSize, by: 16) {
      let next = UnsafeRawPointer(start + offset).loadUnaligned(as: SIMD16<Float>.self)
      lanes.replace(with: next, where: next .> lanes)
    }
    return lanes.max()
  }

  /// The index of the first of the largest numbers; nil when there is none but NaN and −∞.
  var first: Int? {
    var best: Int?
    var largest = -Float.infinity
    for (piece, maximum) in maxima.enumerated() where maximum > largest { (best, largest) = (piece, maximum) }
    guard let best else { return nil }
    return indices(of: best).first { numbers[$0] == largest }
  }

  /// The indices of so many largest numbers, and of those equal to the last of them, in ascending order; −∞ and NaN are
  /// left out.
  func indices(ofLargest wanted: Int) -> [Int] {
    guard wanted > 0 else { return [] }
    guard wanted < count else { return (0..<count).filter { numbers[$0] > -.infinity } }
    // As many pieces reach this bound, so that the wanted numbers do too.
    let bound = Self.smallest(of: wanted, in: maxima)
    var candidates: [Int] = []
    for (piece, maximum) in maxima.enumerated() where maximum >= bound {
      candidates += indices(of: piece).filter { numbers[$0] >= bound && numbers[$0] > -.infinity }
    }
    let least = Self.smallest(of: wanted, in: candidates.map { numbers[$0] })
    return candidates.filter { numbers[$0] >= least }
  }

  private func indices(of piece: Int) -> Range<Int> {
    piece * Self.pieceSize..<min((piece + 1) * Self.pieceSize, count)
  }

  /// The smallest of the largest numbers; −∞ when there are fewer.
  private static func smallest(of count: Int, in numbers: some Sequence<Float>) -> Float {
    var largest = BoundedLargest(count: count)
    for number in numbers { largest.insert(number) }
    return largest.smallest
  }
}
