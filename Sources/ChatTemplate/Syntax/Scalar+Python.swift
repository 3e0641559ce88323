extension Unicode.Scalar {
  /// Whether Python's `str.isspace` holds for the scalar: what `strip` and tags drop.
  var isPythonSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Whether an identifier may start with the scalar.
  var isIdentifierStart: Bool {
    isASCII ? Character(self).isLetter || self == "_" : properties.isXIDStart
  }

  /// Whether an identifier may contain the scalar.
  var isIdentifierPart: Bool {
    isASCII ? isIdentifierStart || (self >= "0" && self <= "9") : properties.isXIDContinue
  }
}
