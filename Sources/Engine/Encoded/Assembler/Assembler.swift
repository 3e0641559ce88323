/// Writes instructions of x86-64 with SSE2, one after the other, as the processor's manuals encode them (Intel's, volume 2, chapter 2; appendix B).
///
/// ```swift
/// var assembler = Assembler()
/// assembler.multiply(.xmm0, .at(.rdi, 8))
/// assembler.returnToCaller()
/// let memory = try ExecutableMemory(assembler)
/// ```
package struct Assembler: Sendable {
  /// The instructions so far; distances to labels and data are still open.
  package private(set) var bytes: [UInt8] = []
  /// What they read.
  package var data = DataSection()
  /// Distances to be filled in, of 4 bytes each, from behind those.
  private var dataDistances: [(place: Int, target: DataSection.Offset)] = []
  private var labelDistances: [(place: Int, label: Label)] = []
  private var placeOfLabel: [Int?] = []

  package init() {}

  /// An instruction's number. Most have two bytes, and a prefix that says what kind of numbers they work on.
  struct Opcode {
    var prefix: UInt8 = 0
    var isEscaped = false
    var isWide = false
    let byte: UInt8
  }

  /// Writes an instruction on two registers.
  mutating func write(_ opcode: Opcode, _ register: UInt8, register other: UInt8) {
    writeOpcode(opcode, register: register, index: 0, base: other)
    bytes.append(0xC0 | register.low << 3 | other.low)
  }

  /// Writes an instruction on a register and memory.
  mutating func write(_ opcode: Opcode, _ register: UInt8, _ address: Address) {
    switch address {
    case .at(let base, let distance):
      writeOpcode(opcode, register: register, index: 0, base: base.rawValue)
      let isNear = Int8(exactly: distance) != nil
      bytes.append((isNear ? 0x40 : 0x80) | register.low << 3 | base.rawValue.low)
      // The number of `rsp` says that another byte follows, in which it says that there is no index.
      if base.rawValue.low == GeneralRegister.rsp.rawValue { bytes.append(0x24) }
      write(distance, isNear: isNear)
    case .element(let base, let distance, let index, let scale):
      assert(index != .rsp)
      writeOpcode(opcode, register: register, index: index.rawValue, base: base.rawValue)
      let isNear = Int8(exactly: distance) != nil
      bytes.append((isNear ? 0x40 : 0x80) | register.low << 3 | GeneralRegister.rsp.rawValue)
      bytes.append(scale.rawValue << 6 | index.rawValue.low << 3 | base.rawValue.low)
      write(distance, isNear: isNear)
    case .data(let target):
      writeOpcode(opcode, register: register, index: 0, base: 0)
      bytes.append(0x05 | register.low << 3)
      dataDistances.append((bytes.count, target))
      write(UInt32(0))
    }
  }

  private mutating func writeOpcode(_ opcode: Opcode, register: UInt8, index: UInt8, base: UInt8) {
    if opcode.prefix != 0 { bytes.append(opcode.prefix) }
    // The fourth digits of the registers' numbers.
    let extensions = (opcode.isWide ? 8 : 0) | register.high << 2 | index.high << 1 | base.high
    if extensions != 0 { bytes.append(0x40 | extensions) }
    if opcode.isEscaped { bytes.append(0x0F) }
    bytes.append(opcode.byte)
  }

  private mutating func write(_ distance: Int32, isNear: Bool) {
    if isNear { bytes.append(UInt8(truncatingIfNeeded: distance)) } else { write(UInt32(bitPattern: distance)) }
  }

  /// Writes an integer, its lowest byte first.
  mutating func write(_ integer: some FixedWidthInteger) {
    withUnsafeBytes(of: integer.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes a byte as it is.
  mutating func write(byte: UInt8) {
    bytes.append(byte)
  }
}

// Labels.
extension Assembler {
  /// A place in the code that jumps go to.
  package struct Label: Hashable, Sendable {
    fileprivate let number: Int
  }

  /// A label that is nowhere yet.
  package mutating func makeLabel() -> Label {
    placeOfLabel.append(nil)
    return Label(number: placeOfLabel.count - 1)
  }

  /// Puts a label here.
  package mutating func place(_ label: Label) {
    placeOfLabel[label.number] = bytes.count
  }

  /// Writes the distance to a label.
  mutating func writeDistance(to label: Label) {
    labelDistances.append((bytes.count, label))
    write(UInt32(0))
  }

  /// The instructions with all distances.
  ///
  /// - Parameter distanceToData: That from the first instruction to the first byte of the data.
  package func linked(distanceToData: Int) -> [UInt8] {
    var linked = bytes
    func fill(_ place: Int, _ target: Int) {
      let distance = UInt32(truncatingIfNeeded: target - (place + 4))
      for byte in 0..<4 { linked[place + byte] = UInt8(truncatingIfNeeded: distance >> UInt32(8 * byte)) }
    }
    for (place, target) in dataDistances { fill(place, distanceToData + Int(target)) }
    for (place, label) in labelDistances {
      let target = placeOfLabel[label.number]
      assert(target != nil, "a jump goes to a label that was never placed")
      fill(place, target ?? place)
    }
    return linked
  }
}

extension UInt8 {
  /// What the three digits in an instruction hold of a register's number, and the one that they do not.
  fileprivate var low: UInt8 { self & 7 }
  fileprivate var high: UInt8 { self >> 3 }
}
