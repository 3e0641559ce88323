/// Why bytes are not a WebAssembly module, and where.
public struct DecodingError: Error, Hashable, Sendable {
  /// What is malformed.
  public var kind: Kind
  /// Where in the file: the byte that is wrong, or the first one that is missing.
  public var offset: Int
  /// What should have been there, such as `a local index`.
  public var expected: String

  /// An error of `kind` at byte `offset`, where `expected` should have been.
  public init(_ kind: Kind, offset: Int, expected: String) {
    self.kind = kind
    self.offset = offset
    self.expected = expected
  }
}

extension DecodingError {
  /// What is malformed. The raw value begins with the wording of the official test suite, which is compared with it.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case unexpectedEnd = "unexpected end"
    case unexpectedEndOfSection = "unexpected end of section or function"
    case magicHeader = "magic header not detected"
    case version = "unknown binary version"
    case sectionID = "malformed section id"
    case junkAfterLastSection = "junk after last section"
    case sectionSizeMismatch = "section size mismatch"
    case lengthOutOfBounds = "length out of bounds"
    case integerTooLong = "integer representation too long"
    case integerTooLarge = "integer too large"
    case utf8Encoding = "malformed UTF-8 encoding"
    case functionType = "malformed function type"
    case valueType = "malformed value type"
    case referenceType = "malformed reference type"
    case blockType = "malformed block type"
    case mutability = "malformed mutability"
    case importKind = "malformed import kind"
    case exportKind = "malformed export kind"
    case elementKind = "malformed element kind"
    case elementSegmentKind = "malformed elements segment kind"
    case dataSegmentKind = "malformed data segment kind"
    case tooManyLocals = "too many locals"
    case illegalOpcode = "illegal opcode"
    case zeroFlag = "zero flag expected"
    case endOpcode = "END opcode expected"
    case inconsistentCode = "function and code section have inconsistent lengths"
    case inconsistentData = "data count and data section have inconsistent lengths"
    case dataCountRequired = "data count section required"
  }
}

extension DecodingError: CustomStringConvertible {
  /// One line: the suite's wording, the offset in both bases and what was expected.
  public var description: String {
    "\(kind.rawValue) at byte \(offset) (0x\(String(offset, radix: 16))): expected \(expected)"
  }
}
