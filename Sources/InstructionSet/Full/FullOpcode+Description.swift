extension FullOpcode {
  /// The one table of the full profile's opcodes.
  public var description: FullOpcodeDescription {
    switch self {
    case .halt: .event(.halt)
    case .trap: .numbered(.trap, 0..<Trap.allCases.count)
    case .host: .numbered(.host, 0..<FullToken.hostServiceCount)
    case .br: .jump(.target(.always), 0, pops: 0)
    case .brIf: .jump(.target(.ifNotZero), -1, pops: 1)
    case .brUnless: .jump(.target(.ifZero), -1, pops: 1)
    case .brTable: .jump(.tableTarget, -1, pops: 1, immediate: .labels)
    case .jump: .jump(.top, -1, pops: 1, immediate: .none)
    case .tableGet: .bytes(.tableTarget, .word, 2, .target, pops: 1, immediate: .elements)
    case .jumpThere: .jump(.lastTarget, 0, pops: 0, immediate: .none)
    case .label: .event(.trap(.unreachable), immediate: .label)
    case .enter: .event(.enter, immediate: .depth)
    case .const: .event(.constant, immediate: .constant)
    case .wideConst: .event(.wideConstant, immediate: .wideConstant)
    case .pop: .numbered(.pop, 1..<FullToken.greatestPop + 1)
    case .select: .value(.select, .word, -2, pops: 3)
    case .wideSelect: .value(.select, .wide, -2, pops: 3)
    case .copy: .value(.top, .word, 0, pops: 1)
    case .wideCopy: .value(.top, .wide, 0, pops: 1)
    case .localGet: .event(.local, immediate: .slot)
    case .localSet: .slot(.setLocal(.word), .word)
    case .localTee: .slot(.teeLocal(.word), .word)
    case .wideLocalSet: .slot(.setLocal(.wide), .wide)
    case .wideLocalTee: .slot(.teeLocal(.wide), .wide)
    case .globalGet: .event(.global, immediate: .slot)
    case .globalSet: .slot(.setGlobal(.word), .word)
    case .wideGlobalSet: .slot(.setGlobal(.wide), .wide)
    case .memorySet: .slot(.setMemorySize, .word)
    case .load: .load(4, .word)
    case .load8Signed: .load(1, signed: true, .word)
    case .load8Unsigned: .load(1, .word)
    case .load16Signed: .load(2, signed: true, .word)
    case .load16Unsigned: .load(2, .word)
    case .wideLoad: .load(8, .wide)
    case .wideLoad8Signed: .load(1, signed: true, .wide)
    case .wideLoad8Unsigned: .load(1, .wide)
    case .wideLoad16Signed: .load(2, signed: true, .wide)
    case .wideLoad16Unsigned: .load(2, .wide)
    case .wideLoad32Signed: .load(4, signed: true, .wide)
    case .wideLoad32Unsigned: .load(4, .wide)
    case .store8: .store(1)
    case .store16: .store(2)
    case .store32: .store(4)
    case .store64: .store(8)
    case .add: .value(.combination(first: 1, second: 1, and: 0), .word, -1)
    case .sub: .value(.combination(first: 1, second: -1, and: 0), .word, -1)
    case .multiply: .value(.product, .word, -1)
    case .divide: .bytes(.quotient, .word, 8, .push(.word, -1), pops: 2)
    case .and: .value(.combination(first: 0, second: 0, and: 1), .word, -1)
    case .or: .value(.combination(first: 1, second: 1, and: -1), .word, -1)
    case .xor: .value(.combination(first: 1, second: 1, and: -2), .word, -1)
    case .andByte: .small(.combination(first: 0, second: 0, and: 1), -1)
    case .subFromByte: .small(.combination(first: -1, second: 1, and: 0), -1)
    case .shiftLeft: .value(.shift(.left), .word, -1)
    case .shiftRightUnsigned: .value(.shift(.rightUnsigned), .word, -1)
    case .shiftRightSigned: .value(.shift(.rightSigned), .word, -1)
    case .rotateLeft: .value(.shift(.rotate), .word, -1)
    case .leadingZeros: .bitCount(.leadingZeros, .word)
    case .trailingZeros: .bitCount(.trailingZeros, .word)
    case .ones: .bitCount(.ones, .word)
    case .extend8: .value(.extend(bytes: 1, signed: true), .word, 0, pops: 1)
    case .extend16: .value(.extend(bytes: 2, signed: true), .word, 0, pops: 1)
    case .wrap: .value(.top, .word, 0, pops: 1)
    case .wideAdd: .value(.combination(first: 1, second: 1, and: 0), .wide, -1)
    case .wideSub: .value(.combination(first: 1, second: -1, and: 0), .wide, -1)
    case .wideMultiply: .value(.product, .wide, -1)
    case .wideAnd: .value(.combination(first: 0, second: 0, and: 1), .wide, -1)
    case .wideOr: .value(.combination(first: 1, second: 1, and: -1), .wide, -1)
    case .wideXor: .value(.combination(first: 1, second: 1, and: -2), .wide, -1)
    case .wideShiftLeft: .value(.shift(.left), .wide, -1)
    case .wideShiftRightUnsigned: .value(.shift(.rightUnsigned), .wide, -1)
    case .wideShiftRightSigned: .value(.shift(.rightSigned), .wide, -1)
    case .wideRotateLeft: .value(.shift(.rotate), .wide, -1)
    case .wideLeadingZeros: .bitCount(.leadingZeros, .wide)
    case .wideTrailingZeros: .bitCount(.trailingZeros, .wide)
    case .wideOnes: .bitCount(.ones, .wide)
    case .wideExtend8: .value(.extend(bytes: 1, signed: true), .wide, 0, pops: 1)
    case .wideExtend16: .value(.extend(bytes: 2, signed: true), .wide, 0, pops: 1)
    case .wideExtend32, .extendSigned: .value(.extend(bytes: 4, signed: true), .wide, 0, pops: 1)
    case .extendUnsigned: .value(.extend(bytes: 4, signed: false), .wide, 0, pops: 1)
    case .eq: .comparison(.equal, .word)
    case .ne: .comparison([.less, .greater], .word)
    case .ltSigned: .comparison(.less, signed: true, .word)
    case .ltUnsigned: .comparison(.less, .word)
    case .gtSigned: .comparison(.greater, signed: true, .word)
    case .gtUnsigned: .comparison(.greater, .word)
    case .leSigned: .comparison([.less, .equal], signed: true, .word)
    case .leUnsigned: .comparison([.less, .equal], .word)
    case .geSigned: .comparison([.greater, .equal], signed: true, .word)
    case .geUnsigned: .comparison([.greater, .equal], .word)
    case .wideEq: .comparison(.equal, .wide)
    case .wideNe: .comparison([.less, .greater], .wide)
    case .wideLtSigned: .comparison(.less, signed: true, .wide)
    case .wideLtUnsigned: .comparison(.less, .wide)
    case .wideGtSigned: .comparison(.greater, signed: true, .wide)
    case .wideGtUnsigned: .comparison(.greater, .wide)
    case .wideLeSigned: .comparison([.less, .equal], signed: true, .wide)
    case .wideLeUnsigned: .comparison([.less, .equal], .wide)
    case .wideGeSigned: .comparison([.greater, .equal], signed: true, .wide)
    case .wideGeUnsigned: .comparison([.greater, .equal], .wide)
    case .output: .bytes(.top, .word, 1, .output, pops: 1)
    }
  }
}

/// The relations of two numbers that a comparison asks for.
private struct Relations: OptionSet {
  let rawValue: Int
  static let less = Relations(rawValue: 1)
  static let equal = Relations(rawValue: 2)
  static let greater = Relations(rawValue: 4)
}

extension FullOpcodeDescription.Operation {
  /// The top as it is.
  fileprivate static let top = Self.combination(first: 0, second: 1, and: 0)
}

/// The forms in which rows of the table are written.
extension FullOpcodeDescription {
  fileprivate static func bytes(
    _ operation: Operation, _ width: FullToken.ValueWidth, _ count: Int, _ ending: FullToken.LastByte, pops: Int,
    immediate: Immediate = .none
  ) -> Self {
    Self(
      operation: operation, operandWidth: width, byteCount: count, ending: .last(ending), immediate: immediate,
      operandCount: pops)
  }

  fileprivate static func event(_ event: FullToken.Event, immediate: Immediate = .none) -> Self {
    Self(
      operation: .nothing, operandWidth: .word, byteCount: 1, ending: .event(event), immediate: immediate,
      operandCount: 0)
  }

  fileprivate static func numbered(_ event: NumberedEvent, _ range: Range<Int>) -> Self {
    Self(
      operation: .nothing, operandWidth: .word, byteCount: 1, ending: .numbered(event), immediate: .count(range),
      operandCount: 0)
  }

  fileprivate static func value(
    _ operation: Operation, _ width: FullToken.ValueWidth, _ effect: Int, pops: Int = 2
  ) -> Self {
    bytes(operation, width, width.rawValue, .push(width, effect), pops: pops)
  }

  fileprivate static func small(_ operation: Operation, _ effect: Int) -> Self {
    bytes(operation, .word, 1, .small(effect), pops: 1 - effect)
  }

  fileprivate static func slot(_ ending: FullToken.LastByte, _ width: FullToken.ValueWidth) -> Self {
    bytes(.top, width, width.rawValue, ending, pops: 1, immediate: .slot)
  }

  fileprivate static func jump(
    _ operation: Operation, _ effect: Int, pops: Int, immediate: Immediate = .target
  ) -> Self {
    bytes(operation, .word, 2, .jump(effect), pops: pops, immediate: immediate)
  }

  fileprivate static func load(_ count: Int, signed: Bool = false, _ width: FullToken.ValueWidth) -> Self {
    let operation = Operation.load(bytes: count, signed: signed)
    // An i32 below 256 needs one byte only.
    if count == 1, !signed, width == .word { return bytes(operation, .word, 1, .small(0), pops: 1, immediate: .offset) }
    return bytes(operation, .word, width.rawValue, .push(width, 0), pops: 1, immediate: .offset)
  }

  fileprivate static func store(_ count: Int) -> Self {
    bytes(.store(bytes: count), .word, count, .store, pops: 2, immediate: .offset)
  }

  fileprivate static func bitCount(_ count: BitCount, _ width: FullToken.ValueWidth) -> Self {
    bytes(.bitCount(count), width, width.rawValue, .small(0), pops: 1)
  }

  fileprivate static func comparison(
    _ relations: Relations, signed: Bool = false, _ width: FullToken.ValueWidth
  ) -> Self {
    let comparison = Comparison(
      less: relations.contains(.less), equal: relations.contains(.equal), greater: relations.contains(.greater),
      isSigned: signed)
    return bytes(.comparison(comparison), width, 1, .small(-1), pops: 2)
  }
}
