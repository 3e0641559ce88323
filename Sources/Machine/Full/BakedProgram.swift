import InstructionSet

/// A program of the full profile as tables of numbers.
///
/// In tables by instruction, row 0 stands for no instruction and row i + 1 for instruction i. Neurons add what a table gives, a step a
/// row; numbers below 2¹⁸ keep every such sum below 2⁵³ in any order, even of 65,536 rows. So numbers that are larger are parted.
struct BakedProgram {
  /// What a table knows of an instruction.
  enum Fact: Hashable {
    /// A signal of the opcode, without its multiple of ``ControlWord/farAway``.
    case signal(ControlWord.Signal)
    /// The multiples of ``ControlWord/farAway`` in two signals.
    case wrapsFar, isFarOutside
    /// The halves of the immediate, where the machine counts with it.
    case low, high
    /// The target's bytes, where the instruction writes them.
    case firstByte, secondByte
    /// What the instruction before says of its value: the slot, or the constant's place in the prologue.
    case before

    /// A name in plans.
    var name: String {
      if case .signal(let signal) = self { "\(signal)" } else { "\(self)" }
    }
  }

  /// The tables: what is known from one is in the residual stream together, so each has what is needed at the same time.
  static let tables: [[Fact]] = [
    [.signal(.unitX), .signal(.unitY)], [.signal(.first), .signal(.second)], [.signal(.and), .signal(.extendsSign)],
    [.signal(.byteCount), .signal(.ending)], [.signal(.sourceBytes)], [.signal(.isWide)],
    [.signal(.whenEqual), .signal(.greaterLessEqual), .signal(.lessLessEqual)], [.signal(.isSigned)],
    [.signal(.wrap), .wrapsFar], [.isFarOutside], [.low, .high], [.firstByte, .secondByte], [.before],
  ]

  /// The number of each token of the prologue.
  let prologue: [Double]
  /// Of labels the two bytes of the target and the element's type, of other instructions 0.
  let labelColumns: [[Double]]
  private let facts: [Fact: [Double]]

  init(_ program: FullProgram) {
    let prologue = FullPrologue(of: program)
    self.prologue = prologue.tokens.map { Double(FullTokenNumber.numberInPrologue(of: $0) ?? 0) }
    let instructions = program.instructions
    let words = instructions.map { ControlWord($0.opcode.description) }
    var facts: [Fact: [Double]] = [
      .wrapsFar: words.map { Self.far($0[.wrap]) }, .isFarOutside: words.map { Self.far($0[.outside]) },
      .low: instructions.map(\.numberHalves.low), .high: instructions.map(\.numberHalves.high),
      .firstByte: instructions.map { $0.writesTarget ? $0.targetBytes[0] : 0 },
      .secondByte: instructions.map { $0.writesTarget ? $0.targetBytes[1] : 0 },
      .before: [0] + instructions.dropLast().map { Self.place(of: $0, prologue) },
    ]
    for signal in ControlWord.Signal.allCases { facts[.signal(signal)] = words.map { Self.near($0[signal]) } }
    self.facts = facts.mapValues { [0] + $0 }
    let labels = instructions.map { instruction -> [Double] in
      instruction.opcode.description.immediate == .label
        ? instruction.targetBytes + [Double(instruction.immediate >> 16)] : [0, 0, 0]
    }
    labelColumns = (0..<3).map { column in [0] + labels.map { $0[column] } }
  }

  /// The columns of a table.
  func columns(_ table: [Fact]) -> [[Double]] {
    table.map { facts[$0] ?? [] }
  }

  /// How often ``ControlWord/farAway`` is in a number, and the rest.
  private static func far(_ number: Double) -> Double { (number / ControlWord.farAway).rounded() }

  private static func near(_ number: Double) -> Double { number - ControlWord.farAway * far(number) }

  private static func place(of instruction: FullInstruction, _ prologue: FullPrologue) -> Double {
    if let place = prologue.place(of: instruction) { return Double(place) }
    return instruction.opcode.description.immediate == .slot ? instruction.signedImmediate : 0
  }
}

extension FullInstruction {
  fileprivate var signedImmediate: Double { Double(Int32(bitPattern: immediate)) }

  /// Whether the bytes that are written are those of the immediate.
  fileprivate var writesTarget: Bool {
    if case .target = opcode.description.operation { true } else { false }
  }

  /// The two bytes that name another instruction.
  fileprivate var targetBytes: [Double] { [Double(immediate & 0xff), Double(immediate >> 8 & 0xff)] }

  /// The immediate as low + 65,536 · high: a signed number, or two numbers in one.
  fileprivate var numberHalves: (low: Double, high: Double) {
    let low = Double(immediate & 0xffff)
    switch opcode.description.immediate {
    case .offset, .depth, .count: return (low, (number - low) / 65536)
    case .labels, .elements: return (low, Double(immediate >> 16))
    case .none, .constant, .wideConstant, .target, .slot, .label: return (0, 0)
    }
  }

  /// The number that the machine counts with.
  private var number: Double {
    opcode == .trap ? Double(immediate) * Double(FullProgram.trapDistance) : signedImmediate
  }
}
