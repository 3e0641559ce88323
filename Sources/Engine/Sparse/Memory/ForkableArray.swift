import MemoryImage

/// An array at one address, in memory of its own or in an image.
///
/// Copies of an array in an image share its pages until they write to them. Whoever has an array deallocates it.
struct ForkableArray<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let capacity: Int
  /// Where it lies; nil for memory of its own.
  private let mapping: ImageMapping?

  /// What is smaller is copied: that takes less time than sharing its pages.
  private static var sharedByteCount: Int { 1 << 14 }

  private init(_ base: UnsafeMutablePointer<Element>, capacity: Int, in mapping: ImageMapping?) {
    self.base = base
    self.capacity = capacity
    self.mapping = mapping
  }

  /// Room for elements, none of them initialised.
  init(capacity: Int) {
    self.init(LargePages.allocate(Element.self, capacity: capacity), capacity: capacity, in: nil)
  }

  func deallocate() {
    if mapping == nil { base.deallocate() }
  }

  /// Bytes in memory of its own.
  var ownByteCount: Int { mapping == nil ? Self.byteCount(capacity) : 0 }

  private static func byteCount(_ count: Int) -> Int { count * MemoryLayout<Element>.stride }

  /// Moves the first elements to where there is room for more.
  mutating func grow(to capacity: Int, keeping count: Int) {
    let old = self
    self = ForkableArray(capacity: capacity)
    base.initialize(from: old.base, count: count)
    old.deallocate()
  }
}

// Images.
extension ForkableArray {
  /// Bytes that an image needs for the array; 0 for a small one.
  ///
  /// - Parameter count: how many elements are in use.
  func imageByteCount(count: Int, room: Int) -> Int {
    Self.byteCount(count) < Self.sharedByteCount
      ? 0 : MemoryImage.pages(Self.byteCount(max(room, count))) * MemoryImage.pageSize
  }

  /// The first elements in an image; those of a small array in memory of their own.
  ///
  /// - Parameter room: how many elements there is to be room for.
  func frozen(count: Int, room: Int, in image: MemoryImage) -> ForkableArray {
    guard imageByteCount(count: count, room: room) > 0,
      let place = image.take(byteCount: Self.byteCount(max(room, count)))
    else { return copy(count: count, capacity: count) }
    let array = ForkableArray(
      place.assumingMemoryBound(to: Element.self), capacity: max(room, count), in: image.original)
    array.base.initialize(from: base, count: count)
    return array
  }

  /// The same array in a copy of its image; where it is in none, or there is no copy, a copy of the first elements.
  func fork(count: Int, in copy: ImageMapping?) -> ForkableArray {
    guard let mapping, let copy else { return self.copy(count: count, capacity: capacity) }
    let place = copy.base + (UnsafeRawPointer(base) - UnsafeRawPointer(mapping.base))
    return ForkableArray(place.assumingMemoryBound(to: Element.self), capacity: capacity, in: copy)
  }

  private func copy(count: Int, capacity: Int) -> ForkableArray {
    let array = ForkableArray(capacity: capacity)
    array.base.initialize(from: base, count: count)
    return array
  }
}
