/// The keys that requests may bring.
package struct APIKeys: Sendable {
  private let keys: [[UInt8]]

  package init(_ keys: [String]) {
    self.keys = keys.map { Array($0.utf8) }
  }

  /// How many there are.
  package var count: Int { keys.count }

  /// Whether anybody may ask.
  package var isEmpty: Bool { keys.isEmpty }

  /// Which key an `Authorization` header brings, counted from 1; nil for none that is known.
  ///
  /// How long this takes does not depend on how much of a key is right.
  package func number(of authorization: String?) -> Int? {
    let scheme = "bearer "
    guard let authorization, authorization.prefix(scheme.count).lowercased() == scheme else { return nil }
    let offered = Array(authorization.utf8.dropFirst(scheme.utf8.count))
    var found: Int?
    for (index, key) in keys.enumerated() where Self.areEqual(offered, key) { found = index + 1 }
    return found
  }

  private static func areEqual(_ offered: [UInt8], _ key: [UInt8]) -> Bool {
    var difference = offered.count ^ key.count
    for index in offered.indices { difference |= Int(offered[index] ^ (key.isEmpty ? 0 : key[index % key.count])) }
    return difference == 0
  }
}
