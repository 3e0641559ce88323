/// The members of a JSON object in the order of their first appearance.
///
/// Keys are the same when their Unicode scalars are: "é" as one scalar and as two are different keys.
public struct JSONObject: Sendable {
  /// The keys, in order.
  public private(set) var keys: [String] = []
  /// The values, beside their keys.
  public private(set) var values: [JSONValue] = []
  /// Where each key stands; kept only for objects too large to search from the front.
  private var positions: [ScalarKey: Int] = [:]

  private static let largestSearched = 16

  /// An object without members.
  public init() {}

  /// The members in the order given; of a key that comes twice the last value counts, at the first one's place.
  public init(_ members: some Sequence<(String, JSONValue)>) {
    for (key, value) in members { self[key] = value }
  }

  /// The number of members.
  public var count: Int { keys.count }

  /// Whether there are no members.
  public var isEmpty: Bool { keys.isEmpty }

  /// The value of `key`; a new key is placed last, and assigning nil removes a key.
  public subscript(key: String) -> JSONValue? {
    get { position(of: key).map { values[$0] } }
    set {
      if let newValue {
        set(key, to: newValue)
      } else {
        remove(key)
      }
    }
  }

  private func position(of key: String) -> Int? {
    if keys.count > Self.largestSearched { return positions[ScalarKey(key)] }
    return keys.firstIndex { $0.hasSameScalars(as: key) }
  }

  private mutating func set(_ key: String, to value: JSONValue) {
    if let position = position(of: key) {
      values[position] = value
      return
    }
    keys.append(key)
    values.append(value)
    if keys.count == Self.largestSearched + 1 {
      indexKeys()
    } else if keys.count > Self.largestSearched {
      positions[ScalarKey(key)] = keys.count - 1
    }
  }

  private mutating func remove(_ key: String) {
    guard let position = position(of: key) else { return }
    keys.remove(at: position)
    values.remove(at: position)
    indexKeys()
  }

  private mutating func indexKeys() {
    positions.removeAll()
    guard keys.count > Self.largestSearched else { return }
    for (position, key) in keys.enumerated() { positions[ScalarKey(key)] = position }
  }
}

extension JSONObject: Sequence {
  /// The members in order.
  public func makeIterator() -> Zip2Sequence<[String], [JSONValue]>.Iterator { zip(keys, values).makeIterator() }
}

extension JSONObject: Hashable {
  /// Equal when the same keys have equal values, in whatever order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    if left.sharesMemory(with: right) { return true }
    return left.count == right.count && left.allSatisfy { key, value in right[key] == value }
  }

  /// Whether both are copies of one object, so that nothing in them need be compared.
  private func sharesMemory(with other: JSONObject) -> Bool {
    keys.withUnsafeBufferPointer(\.baseAddress) == other.keys.withUnsafeBufferPointer(\.baseAddress)
      && values.withUnsafeBufferPointer(\.baseAddress) == other.values.withUnsafeBufferPointer(\.baseAddress)
      && count == other.count
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    var members = 0
    for (key, value) in self {
      var member = Hasher()
      member.combine(ScalarKey(key))
      member.combine(value)
      members ^= member.finalize()
    }
    hasher.combine(members)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
