/// The values strictly inside the edges of a chain. Few edges have any; those name a place in here.
struct EdgeStore: Sendable {
  /// The number of places in use.
  private(set) var count = 0
  private var places: [TiedValues] = []
  /// The first free place, or −1; a free place holds the next one as its `positionOrCount`.
  private var firstFree: Int32 = -1

  subscript(place: Int32) -> TiedValues {
    @inline(__always) get { places[Int(place)] }
    @inline(__always) _modify { yield &places[Int(place)] }
  }

  // Out of line: inlined into a loop, the check that the array is not shared would be made on every insertion of a key.
  /// Stores values at a free place.
  @inline(never)
  mutating func insert(_ values: TiedValues) -> Int32 {
    count += 1
    if firstFree < 0 {
      places.append(values)
      return Int32(places.count - 1)
    }
    let place = firstFree
    firstFree = Int32(places[Int(place)].positionOrCount)
    places[Int(place)] = values
    return place
  }

  /// Frees a place and returns what it held.
  @inline(never)
  mutating func remove(at place: Int32) -> TiedValues {
    let values = places[Int(place)]
    places[Int(place)] = TiedValues(value: .zero, position: Int(firstFree), rule: .latest)
    firstFree = place
    count -= 1
    return values
  }

  /// Whether values are stored at a place.
  func isInUse(_ place: Int32) -> Bool {
    var free = firstFree
    while free >= 0, free != place { free = Int32(places[Int(free)].positionOrCount) }
    return places.indices.contains(Int(place)) && free != place
  }
}
