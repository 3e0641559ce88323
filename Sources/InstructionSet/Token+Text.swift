extension Token {
  /// The text form, as in programs, traces and model files.
  public var text: String {
    switch self {
    case .byte(let value, let marked): Self.hexadecimal(value) + (marked ? "'" : "")
    case .character(let value): String(UnicodeScalar(value))
    case .commit(let stackEffect, let stores, let branch):
      "commit(\(stackEffect < 0 ? "-" : "+")\(stackEffect.magnitude),sts=\(stores ? 1 : 0),bt=\(branch ? 1 : 0))"
    case .branchTaken: "branch_taken"
    case .callCommit: "call_commit"
    case .returnCommit: "return_commit"
    case .output(let value):
      Self.printable.contains(value) ? "out(\(UnicodeScalar(value)))" : "out(\(Self.hexadecimal(value)))"
    case .instruction(let opcode): opcode.rawValue
    case .programStart: "{"
    case .programEnd: "}"
    case .start: "start"
    }
  }

  /// Two lower-case digits.
  static func hexadecimal(_ value: UInt8) -> String {
    let digits = String(value, radix: 16)
    return value < 16 ? "0" + digits : digits
  }

  /// The value of a token that can stand for a byte of the input.
  public var inputByte: UInt8? {
    switch self {
    case .byte(let value, marked: false), .character(let value): value
    default: nil
    }
  }
}
