import InstructionSet

/// What tokens of the full profile do to a run and its trace.
extension FullToken {
  /// The byte that it prints.
  var printedByte: UInt8? {
    if case .last(let byte, .output, _) = self { byte } else { nil }
  }

  /// Whether it is the second byte of a jump that pops nothing; the first one of a prologue is its end.
  var isJump: Bool {
    if case .last(_, .jump(0), _) = self { true } else { false }
  }

  /// Whether an instruction ends with it.
  var endsInstruction: Bool {
    switch self {
    case .last, .event: true
    case .byte, .hostValue, .dataAddress, .data, .instruction, .programStart, .programEnd: false
    }
  }

  /// How many tokens the host has written with this one as the last; 0 for tokens of the machine.
  var hostLength: Int {
    switch self {
    case .hostValue(_, let width): width.rawValue
    case .dataAddress: 4
    case .data: 1
    case .byte, .last, .event, .instruction, .programStart, .programEnd: 0
    }
  }

  /// Whether it begins a line in a trace.
  var startsLine: Bool {
    switch self {
    case .instruction, .programStart, .programEnd: true
    default: false
    }
  }

  /// Whether it ends a line in a trace.
  var endsLine: Bool {
    switch self {
    case .last, .event, .hostValue, .programStart, .programEnd: true
    case .byte, .dataAddress, .data, .instruction: false
    }
  }
}
