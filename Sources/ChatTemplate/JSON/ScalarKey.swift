/// A string as a dictionary key that is compared scalar by scalar, where `String` compares canonical equivalents.
struct ScalarKey: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ScalarKey, right: ScalarKey) -> Bool { left.text.hasSameScalars(as: right.text) }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension String {
  /// Whether both strings are made of the same Unicode scalars.
  package func hasSameScalars(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}
