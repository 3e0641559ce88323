import Files

/// A WebAssembly name: a sequence of Unicode scalars.
///
/// Two names are equal when their UTF-8 bytes are. `String` compares by canonical equivalence instead, under which a
/// composed and a decomposed letter would be one name although the specification keeps them apart.
public struct Name: Sendable {
  /// The name as text.
  public let text: String

  /// The name whose scalars are those of `text`.
  public init(_ text: String) { self.text = text }
}

extension Name: Hashable {
  public static func == (left: Name, right: Name) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}

extension Name: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self.init(text) }
}

extension Name: CustomStringConvertible {
  /// The name on one line, whatever it consists of.
  public var description: String { text.oneLine }
}
