/// Why a module cannot be instantiated, and where.
public struct LinkingError: Error, Hashable, Sendable {
  /// What is wrong. The raw value is the wording of the official test suite.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case unknownImport = "unknown import"
    case incompatibleImport = "incompatible import type"
    case elementsOutOfBounds = "elements segment does not fit"
    case dataOutOfBounds = "data segment does not fit"
    /// The memories of instances that work together are larger than what one program can address.
    case memoryTooLarge = "memories too large"
    /// A table has more elements than one program can call through.
    case tableTooLarge = "table too large"
  }

  public let kind: Kind
  /// Where the import or the segment stands in the module's file.
  public let offset: Int
  /// What should have been there.
  public let expected: String

  init(_ kind: Kind, offset: Int, expected: String) {
    self.kind = kind
    self.offset = offset
    self.expected = expected
  }
}

extension LinkingError: CustomStringConvertible {
  /// One line: the suite's wording, the offset and what was expected.
  public var description: String {
    "\(kind.rawValue) at byte \(offset) (0x\(String(offset, radix: 16))): expected \(expected)"
  }
}
