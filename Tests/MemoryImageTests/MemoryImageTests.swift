import MemoryImage
import Testing

@Suite struct MemoryImageTests {
  private static let pageCount = 64

  /// An image whose page p begins with the number p.
  private static func image() throws -> MemoryImage {
    let image = try #require(MemoryImage(byteCount: pageCount * MemoryImage.pageSize))
    let place = try #require(image.take(byteCount: pageCount * MemoryImage.pageSize))
    for page in 0..<pageCount { place.storeBytes(of: page, toByteOffset: page * MemoryImage.pageSize, as: Int.self) }
    return image
  }

  private static func numbers(_ mapping: ImageMapping) -> [Int] {
    (0..<pageCount).map { mapping.base.load(fromByteOffset: $0 * MemoryImage.pageSize, as: Int.self) }
  }

  @Test func copiesHoldWhatTheImageHolds() throws {
    let copy = try #require(try Self.image().copy())
    // The image is gone by now.
    #expect(Self.numbers(copy) == Array(0..<Self.pageCount))
  }

  @Test func whatIsWrittenToACopyIsItsOwn() throws {
    let image = try Self.image()
    let copies = try (0..<3).map { _ in try #require(image.copy()) }
    for (number, copy) in copies.enumerated() {
      copy.base.storeBytes(of: -number, toByteOffset: number * MemoryImage.pageSize, as: Int.self)
    }
    for (number, copy) in copies.enumerated() {
      var expected = Array(0..<Self.pageCount)
      expected[number] = -number
      #expect(Self.numbers(copy) == expected)
    }
    #expect(Self.numbers(image.original) == Array(0..<Self.pageCount))
  }

  #if os(Linux)
    @Test func onlyPagesThatWereWrittenTakeMemory() throws {
      let image = try Self.image()
      #expect(image.original.ownByteCount == Self.pageCount * MemoryImage.pageSize)
      let copy = try #require(image.copy())
      #expect(copy.ownByteCount == 0)
      #expect(Self.numbers(copy) == Array(0..<Self.pageCount))
      #expect(copy.ownByteCount == 0)
      for page in [3, 40, 3] { copy.base.storeBytes(of: 7, toByteOffset: page * MemoryImage.pageSize, as: Int.self) }
      #expect(copy.ownByteCount == 2 * MemoryImage.pageSize)
    }
  #endif

  @Test func whatIsTakenBeginsAtAPage() throws {
    let image = try #require(MemoryImage(byteCount: 3 * MemoryImage.pageSize))
    let first = try #require(image.take(byteCount: 1))
    let second = try #require(image.take(byteCount: MemoryImage.pageSize + 1))
    #expect(second - first == MemoryImage.pageSize)
    #expect(image.take(byteCount: 1) == nil)
  }

  @Test func roomIsZeroAndTakesNoMemoryUntilItIsWritten() throws {
    let image = try #require(MemoryImage(byteCount: 1 << 34))
    let copy = try #require(image.copy())
    let end = copy.byteCount - 1
    #expect(copy.base.load(fromByteOffset: end, as: UInt8.self) == 0)
    copy.base.storeBytes(of: 1, toByteOffset: end, as: UInt8.self)
    #expect(copy.base.load(fromByteOffset: end, as: UInt8.self) == 1)
    #expect(image.original.base.load(fromByteOffset: end, as: UInt8.self) == 0)
  }

  @Test func anImageOfNothingIsNone() {
    #expect(MemoryImage(byteCount: 0) == nil)
  }
}
