/// A hash table from byte strings to token ids, for a vocabulary that no longer changes once it is read.
///
/// The strings lie one after another in one buffer, and each slot holds an id beside a part of its string's hash, so a
/// look-up mostly touches one slot and one string.
struct ByteStringTable: Sendable {
  /// All the strings, one after another.
  private var bytes: [UInt8] = []
  /// By id, where its string starts and how long it is; a length of -1: there is no such id.
  private var spans: [(start: Int, length: Int)] = []
  /// High half: high half of the hash; low half: id + 1. Zero: free.
  private var slots: [UInt64] = []
  private var count = 0
  /// The length of the longest string that `id(of:)` can find.
  private(set) var longest = 0

  /// One more than the greatest id.
  var idCount: Int { spans.count }

  init(expecting count: Int) {
    bytes.reserveCapacity(count * 8)
    spans.reserveCapacity(count)
    slots = [UInt64](repeating: 0, count: Self.slotCount(for: count))
  }

  /// The string of `id`, or nil where there is none.
  subscript(id: Int) -> ArraySlice<UInt8>? {
    guard spans.indices.contains(id), spans[id].length >= 0 else { return nil }
    return bytes[spans[id].start..<spans[id].start + spans[id].length]
  }

  /// Gives `id` its string and, where `isSearchable`, lets `id(of:)` find it; a later id of the same string hides the
  /// earlier. The string is that of `bytes`, all of it.
  mutating func insert(_ string: [UInt8], id: Int, isSearchable: Bool) {
    if spans.count <= id {
      spans.append(contentsOf: repeatElement((start: 0, length: -1), count: id + 1 - spans.count))
    }
    spans[id] = (bytes.count, string.count)
    bytes.append(contentsOf: string)
    guard isSearchable else { return }
    longest = max(longest, string.count)
    if (count + 1) * 2 > slots.count { grow() }
    string.withUnsafeBufferPointer { string in
      let hash = Self.hash(string)
      let slot = self.slot(of: string, hash)
      if slots[slot] == 0 { count += 1 }
      slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(id + 1)
    }
  }

  /// The id of `string`, or nil where the table does not hold it.
  @inline(__always)
  func id(of string: UnsafeBufferPointer<UInt8>) -> Int? {
    guard string.count <= longest, !slots.isEmpty else { return nil }
    let found = slots[slot(of: string, Self.hash(string))]
    return found == 0 ? nil : Int(found & 0xFFFF_FFFF) - 1
  }

  /// The slot that holds `string`, or the free one where it belongs.
  @inline(__always)
  private func slot(of string: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count - 1
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 {
        if (slots[slot] ^ hash) >> 32 == 0, holds(string, id: Int(slots[slot] & 0xFFFF_FFFF) - 1) { break }
        slot = (slot + 1) & mask
      }
      return slot
    }
  }

  @inline(__always)
  private func holds(_ string: UnsafeBufferPointer<UInt8>, id: Int) -> Bool {
    let (start, length) = spans.withUnsafeBufferPointer { $0[id] }
    guard length == string.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<length where bytes[start + index] != string[index] { return false }
      return true
    }
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    let mask = slots.count - 1
    for entry in old where entry != 0 {
      guard let string = self[Int(entry & 0xFFFF_FFFF) - 1] else { continue }
      var slot = Int(truncatingIfNeeded: string.withUnsafeBufferPointer(Self.hash)) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }

  private static func slotCount(for count: Int) -> Int {
    var slots = 16
    while slots < count * 2 { slots *= 2 }
    return slots
  }

  /// A hash whose low and high halves both depend on every byte.
  @inline(__always)
  private static func hash(_ string: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(string)
    let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
    var hash = UInt64(truncatingIfNeeded: string.count) &* multiplier
    var offset = 0
    while offset + 8 <= raw.count {
      hash = (hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* multiplier
      hash ^= hash >> 29
      offset += 8
    }
    var tail: UInt64 = 0
    while offset < raw.count {
      tail = tail << 8 | UInt64(raw[offset])
      offset += 1
    }
    hash = (hash ^ tail) &* multiplier
    hash ^= hash >> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    return hash ^ hash >> 32
  }
}
