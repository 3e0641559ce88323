import Graph
import InstructionSet

/// What the datapath is told to do for one opcode: numbers that stand in the opcode's embedding and are fetched with it.
struct ControlWord {
  /// The name of each number. Numbers multiply or shift something; which unit is at work is told by a point on a circle.
  enum Signal: Int, CaseIterable {
    /// The point of the unit; see ``OpcodeGate``.
    case unitX, unitY
    /// The factors of the operand below the top, of the top and of both anded.
    case first, second, and
    /// The factor of the immediate's byte.
    case immediate
    /// How many bytes are written.
    case byteCount
    /// What is added to the number of the last byte.
    case ending
    /// How many bytes of the top or of memory count.
    case sourceBytes
    /// 1 where the bytes above those are copies of the sign.
    case extendsSign
    /// 1 where the operands are read as numbers of eight bytes.
    case isWide
    /// The outcome of a comparison of equals, and what it is more when the first is greater, or less.
    case whenEqual, greaterLessEqual, lessLessEqual
    /// 1 where a comparison is signed.
    case isSigned
    /// What is added to the index of a shifted byte that has moved in from outside, and to that of any.
    case wrap, outside
  }

  /// Larger than any index of a byte, so that what is moved by it is found nowhere.
  static let farAway = 0x1p30

  private(set) var values: [Signal: Double] = [:]

  subscript(signal: Signal) -> Double {
    get { values[signal] ?? 0 }
    set { values[signal] = newValue }
  }

  init(_ description: FullOpcodeDescription) {
    let point = Unit(description).point
    self[.unitX] = Double(point.x)
    self[.unitY] = Double(point.y)
    self[.byteCount] = Double(description.byteCount)
    self[.ending] = Double(FullTokenNumber.number(of: description.ending))
    self[.sourceBytes] = 8
    set(description.operation, width: Double(description.operandWidth.rawValue))
  }

  private mutating func set(_ operation: FullOpcodeDescription.Operation, width: Double) {
    switch operation {
    case .nothing, .tableTarget, .lastTarget, .product, .quotient, .bitCount: break
    case .target: self[.immediate] = 1
    case .combination(let first, let second, let and):
      self[.first] = Double(first)
      self[.second] = Double(second)
      self[.and] = Double(and)
    case .select: self[.first] = 1
    case .extend(let bytes, let signed):
      self[.second] = 1
      setSource(bytes, signed: signed)
    case .load(let bytes, let signed): setSource(bytes, signed: signed)
    case .store(let bytes):
      self[.second] = 1
      setSource(bytes, signed: false)
    case .comparison(let comparison):
      self[.whenEqual] = comparison.equal ? 1 : 0
      self[.greaterLessEqual] = (comparison.greater ? 1 : 0) - self[.whenEqual]
      self[.lessLessEqual] = (comparison.less ? 1 : 0) - self[.whenEqual]
      self[.isSigned] = comparison.isSigned ? 1 : 0
      self[.isWide] = width == 8 ? 1 : 0
    case .shift(let shift):
      self[.isWide] = width == 8 ? 1 : 0
      set(shift, width: width)
    }
  }

  private mutating func setSource(_ bytes: Int, signed: Bool) {
    self[.sourceBytes] = Double(bytes)
    self[.extendsSign] = signed ? 1 : 0
  }

  /// Bytes move to the left and around; which of them count depends on whether they have come around.
  private mutating func set(_ shift: FullOpcodeDescription.Shift, width: Double) {
    switch shift {
    case .left: self[.wrap] = -Self.farAway
    case .rotate: self[.wrap] = width
    case .rightUnsigned, .rightSigned:
      self[.wrap] = width + Self.farAway
      self[.outside] = -Self.farAway
    }
  }
}

/// The part of the datapath that an opcode needs and no factor can switch off.
enum Unit: Int, CaseIterable {
  case none
  case product
  case quotient
  case shift
  case shiftSigned
  case leadingZeros
  case trailingZeros
  case ones
  case load
  case store
  case whenNotZero
  case whenZero
  case select
  case table
  case element
  case lastTarget
  case enter
  case numbered

  init(_ description: FullOpcodeDescription) {
    switch (description.ending, description.immediate) {
    case (.numbered, _):
      self = .numbered
      return
    case (.event(.enter), _):
      self = .enter
      return
    case (_, .elements):
      self = .element
      return
    default: break
    }
    self =
      switch description.operation {
      case .nothing, .combination, .extend, .comparison, .target(.always): .none
      case .target(.ifNotZero): .whenNotZero
      case .target(.ifZero): .whenZero
      case .tableTarget: .table
      case .lastTarget: .lastTarget
      case .quotient: .quotient
      case .select: .select
      case .product: .product
      case .shift(.rightSigned): .shiftSigned
      case .shift: .shift
      case .bitCount(.leadingZeros): .leadingZeros
      case .bitCount(.trailingZeros): .trailingZeros
      case .bitCount(.ones): .ones
      case .load: .load
      case .store: .store
      }
  }

  /// Units that are told apart from all others as a pair have neighbouring points.
  var point: CirclePoint { CirclePoint.all[rawValue % CirclePoint.all.count] }
}

extension OpcodeGate {
  /// 1 where the unit is the given one, an integer ≤ 0 where it is another, 0 at the first position.
  func isUnit(_ unit: Unit) -> Expression { isOne(at: unit.point) }

  /// 1 where the unit is one of two whose points are neighbours on the circle, an integer ≤ 0 elsewhere.
  func isUnit(_ first: Unit, or second: Unit) -> Expression { isOne(at: first.point, or: second.point) }
}
