import ModuleLinking
import Testing
import WebAssembly

@Suite("Regions of memories")
struct MemoryRegionTests {
  private static let sizes: [UInt32] = [0, 1, 2, 511, 1023, 1024, 1025]

  /// Every limits of which the maximum is absent, or one of the sizes that the minimum allows.
  private static let limits = sizes.flatMap { minimum in
    [Limits(minimum: minimum)]
      + (sizes + [65536]).filter { $0 >= minimum }.map { Limits(minimum: minimum, maximum: $0) }
  }

  @Test("Two memories lie one behind the other, each with its minimum, within what can be addressed")
  func pairs() {
    for first in Self.limits {
      for second in Self.limits {
        let wishes = [(Definition(instance: 0, index: 0), first), (Definition(instance: 1, index: 0), second)]
        guard let regions = MemoryRegion.regions(of: wishes) else {
          #expect(first.minimum + second.minimum > 1024, "\(first) \(second)")
          continue
        }
        #expect(Set(regions.map(\.memory)).count == 2)
        var end: UInt32 = 0
        for region in regions {
          let limits = region.memory.instance == 0 ? first : second
          #expect(region.base == end && region.minimum == limits.minimum, "\(first) \(second)")
          #expect(region.maximum >= region.minimum && region.maximum <= limits.maximum ?? .max, "\(first) \(second)")
          end += region.maximum
        }
        #expect(end <= 1024, "\(first) \(second)")
      }
    }
  }

  @Test("A memory that may grow without end gets what the others leave")
  func remainder() throws {
    let wishes = [Limits(minimum: 1), Limits(minimum: 1, maximum: 5), Limits(minimum: 2, maximum: 2)]
    let regions = try #require(
      MemoryRegion.regions(of: wishes.enumerated().map { (Definition(instance: $0.offset, index: 0), $0.element) }))
    #expect(regions.map(\.memory.instance) == [2, 1, 0])
    #expect(regions.map(\.maximum) == [2, 5, 1017])
  }

  @Test("No memories need no regions")
  func none() {
    #expect(MemoryRegion.regions(of: [])?.isEmpty == true)
  }
}
